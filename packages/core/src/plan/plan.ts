import type { JsonObject } from "../json-value.ts";
import type { Sequence } from "../sequence.ts";
import type { FileDecision, RowDecision } from "./decision.ts";
import type { Step } from "./step.ts";

/** The version of the plan format; a plan of another version is refused. */
export const planSchemaVersion = 1;

/** What a command will do: plain data, without conversation text, that can be saved, compared and applied later. */
export interface Plan {
  readonly schemaVersion: typeof planSchemaVersion;
  /** The command that made it (`cleanup`). */
  readonly command: string;
  /** Epoch ms of the real clock; not part of the digest. */
  readonly createdAt: number;
  /** Epoch ms that rows were judged by; not part of the digest. */
  readonly now: number;
  /** The rules that were used, as JSON. */
  readonly policy: JsonObject;
  /** One part a store, in the order of the targets. */
  readonly parts: readonly PlanPart[];
  /** sha256 of the canonical JSON of everything but createdAt, now and ages. */
  readonly digest: string;
}

/** What happens to one store. */
export interface PlanPart {
  readonly store: PlanStore;
  /** One for every counted row, kept ones too, in file order. */
  readonly rows: Sequence<RowDecision>;
  /** One for every file that leaves; kept files are named only where a rule looked at them. */
  readonly files: Sequence<FileDecision>;
  /** In the order of work: create, switch, retire. Empty if nothing changes. */
  readonly steps: Sequence<Step>;
  /** Guards that hold this part back until the operator confirms. */
  readonly blockedBy: readonly Guard[];
}

/** The store that a part was made for, and the state it was in. */
export interface PlanStore {
  readonly agentId: string;
  readonly indexPath: string;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Identity of the index that was read; bigints as decimal strings, so that a plan is JSON. */
  readonly index: {
    readonly sha256: string;
    readonly size: number;
    readonly dev: string;
    readonly ino: string;
    readonly mtimeNs: string;
  };
}

/**
 * The `ino` of an index that was not there when the plan was made. With a size it stands for an empty store that is to be made first,
 * and the plan is made again when it is there; without one for an index that is missing beside transcripts, and that the plan makes.
 */
export const noInode = "0";

/** Every guard: `orphans`: the index explains too few transcripts (I3). `mass`: too much would go, or the clock is odd (I7). */
export const guards = ["orphans", "mass"] as const;

/** A safety rule that holds a part of a plan back until the operator confirms it. */
export type Guard = (typeof guards)[number];
