import type { JsonObject } from "../json-value.ts";
import type { FileIdentity } from "../plan/step.ts";
import type { IndexIdentity } from "./part-context.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";

/** The version of the journal format; a newer one is never guessed at. */
export const journalSchemaVersion = 1;

/** One line of `journal.jsonl`. The lines up to `ready` are written and synced before the store is touched. */
export type JournalRecord =
  | BeginRecord
  | StepRecord
  | ReadyRecord
  | StagedRecord
  | RollBackRecord
  | EndRecord;

/** The first line: what is going to happen, and to which state of the store. */
export interface BeginRecord {
  readonly type: "begin";
  readonly schemaVersion: typeof journalSchemaVersion;
  readonly operationId: string;
  readonly command: string;
  /** Epoch ms of the real clock. */
  readonly startedAt: number;
  readonly planDigest: string;
  /** The rules of the plan; of an undo, which operation it takes back, and how much of it is left as it is. */
  readonly policy: JsonObject;
  /** The sessions directories of all parts of the operation, in order; each has a journal of its own under the same id. */
  readonly parts: readonly string[];
  /** Which of the parts this journal is. */
  readonly part: number;
  readonly agentId: string;
  /** Absolute path of the index. */
  readonly indexPath: string;
  /** The index that the operation was planned for; null if there was none. */
  readonly indexBefore: IndexIdentity | null;
  /** Counts for a listing: rows and files that the plan changes, and their bytes. */
  readonly summary: { readonly rows: number; readonly files: number; readonly bytes: number };
}

/** One step, complete: with final names, identities and reasons. It is the manifest of what was retired. */
export interface StepRecord {
  readonly type: "step";
  /** Position in the plan part, from 0. */
  readonly n: number;
  readonly step: JournaledStep;
}

/** The intent is complete: from here on an interrupted operation is finished or rolled back. */
export interface ReadyRecord {
  readonly type: "ready";
}

/** New content lies complete and synced under a temporary name; written before any switch. */
export interface StagedRecord extends FileIdentity {
  readonly type: "staged";
  readonly n: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The operation is being taken back; written before the first of its traces goes. */
export interface RollBackRecord {
  readonly type: "roll-back";
}

/** The last line. */
export interface EndRecord {
  readonly type: "end";
  readonly state: "done" | "rolled-back";
  /** Epoch ms of the real clock. */
  readonly endedAt: number;
  /** What could not be done, one sentence each with path and errno. */
  readonly warnings: readonly string[];
}
