import { join } from "node:path";
import { applyPlan } from "../engine/apply-plan.ts";
import { readOperation } from "../engine/read-operation.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import type { Plan } from "../plan/plan.ts";
import type { MoveFileStep, MoveTarget } from "../plan/step.ts";
import { StoreError } from "../store-error.ts";
import { requireTranscript, type TranscriptPlace } from "./locate-transcript.ts";
import { requireUnneeded } from "./require-unneeded.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import { transcriptPlan } from "./transcript-plan.ts";
import type { TranscriptAddress } from "./transcript-options.ts";
import type { StoreOptions } from "./store-options.ts";
import { waitForTranscript } from "./wait-for-transcript.ts";

/** Where a transcript is now, or its copy. */
export interface ArchivedTranscript {
  /** Absolute. */
  readonly path: string;
  /** For `sessionsmith undo`. */
  readonly operationId: string;
}

/** Where a transcript that leaves goes, and the policy to note in the plan. */
export type Retirement = Extract<MoveTarget, { readonly as: "archive" | "trash" }>;

/**
 * Moves the transcript of a session that is over into an archive beside the index, or into the trash. An operation that
 * survives a crash and can be undone.
 * @throws StoreError E_REFUSED while a row of any index of the state directory, or another transcript, needs it;
 * E_NOT_FOUND, E_LOCKED, E_STALE_PLAN, E_SQLITE_ERA, E_IO; E_PARTIAL if it stayed where it is after all
 */
export async function retireTranscript(
  { storePath, sessionId }: TranscriptAddress,
  to: Retirement,
  options: StoreOptions,
): Promise<ArchivedTranscript> {
  const access = accessStore(storePath, options);
  const { host, lockTimeoutMs } = access;
  requireWritableEra(access);
  const transcript = requireTranscript(access, sessionId);
  const { realDir } = transcript.place;
  await waitForTranscript(host, transcript.path, lockTimeoutMs);
  const planNow = () => planRetirement(access, transcript, to);
  const { operationId = "", warnings } = await applyPlan(host, planNow(), { replan: planNow, lockTimeoutMs });
  const step = readOperation(host.fs, realDir, operationId).record?.steps[0];
  if (step?.kind !== "move-file") throw new Error("a retirement without a move");
  const path = join(realDir, step.to);
  if (host.fs.lstat(path) === undefined) throw stayed(transcript.path, warnings);
  return { path, operationId };
}

function planRetirement(access: StoreAccess, { name, path, place }: TranscriptPlace, to: Retirement): Plan {
  const fact = requireUnneeded(access, name);
  const step: MoveFileStep = {
    kind: "move-file",
    phase: "retire",
    from: name,
    to,
    expect: fileIdentity(fact),
    reason: "asked-for",
  };
  const action = to.as === "trash" ? "trash" : archiveActions[to.reason];
  return transcriptPlan(access, {
    command: to.as === "trash" ? "delete transcript" : "archive transcript",
    realDir: place.realDir,
    policy: { path },
    files: [{ name, action, reasons: ["asked-for"], size: fact.size }],
    steps: [step],
  });
}

const archiveActions = { deleted: "archive-deleted", reset: "archive-reset", bak: "archive-backup" } as const;

function stayed(path: string, warnings: readonly string[]): StoreError {
  return new StoreError("E_PARTIAL", `${path} stays where it is. ${warnings.join(" ")}`.trim(), {
    hint: "Try again.",
    details: { path },
  });
}
