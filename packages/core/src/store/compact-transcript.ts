import { join } from "node:path";
import { applyPlan } from "../engine/apply-plan.ts";
import { trashName } from "../engine/trash-name.ts";
import type { Plan } from "../plan/plan.ts";
import { type CompactionSteps, compactionSteps } from "./compaction-steps.ts";
import { requireTranscript, type TranscriptPlace } from "./locate-transcript.ts";
import { requirePositive } from "./read-transcript.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import type { StoreOptions } from "./store-options.ts";
import { transcriptPlan } from "./transcript-plan.ts";
import type { TranscriptAddress } from "./transcript-options.ts";
import { waitForTranscript } from "./wait-for-transcript.ts";

/** How much of a transcript stays. */
export interface CompactQuery {
  /** Lines to keep at the end, beside the header; more stay if a tool call and its result would be torn apart. */
  readonly keepLines: number;
}

/** What a compaction did. Lines are counted without the header and without blank ones. */
export interface Compaction {
  readonly removedLines: number;
  readonly keptLines: number;
  /** Absolute path of the transcript as it was; undefined if nothing was removed. */
  readonly archivedPath: string | undefined;
  /** For `sessionsmith undo`; undefined if nothing was removed. */
  readonly operationId: string | undefined;
}

/**
 * Shortens a transcript to its header and its last lines. The whole transcript stays beside it as `.bak.<stamp>`; the
 * compaction is an operation that survives a crash and can be undone. The row of the session is not touched.
 * @throws StoreError E_NOT_FOUND if there is no transcript; E_REFUSED if its header is missing, damaged or newer, or the file has a further name; E_USAGE for
 * `keepLines` below 1; E_LOCKED, naming the holder; E_STALE_PLAN if it is written to all the time; E_SQLITE_ERA, E_IO
 */
export async function compactTranscript(
  { storePath, sessionId }: TranscriptAddress,
  { keepLines }: CompactQuery,
  options: StoreOptions = {},
): Promise<Compaction> {
  requirePositive("keepLines", keepLines);
  const access = accessStore(storePath, options);
  const { host, lockTimeoutMs } = access;
  requireWritableEra(access);
  const transcript = requireTranscript(access, sessionId);
  await waitForTranscript(host, transcript.path, lockTimeoutMs);
  let planned = planCompaction(access, transcript, keepLines);
  const replan = (): Plan => {
    planned = planCompaction(access, transcript, keepLines);
    return planned.plan;
  };
  const { operationId } = await applyPlan(host, planned.plan, { replan, lockTimeoutMs });
  const { removedLines, keptLines, archive } = planned;
  if (operationId === undefined)
    return { removedLines, keptLines, archivedPath: undefined, operationId: undefined };
  const archived = archive ?? trashName(operationId, 0);
  return { removedLines, keptLines, archivedPath: join(transcript.place.realDir, archived), operationId };
}

interface PlannedCompaction extends Omit<CompactionSteps, "steps"> {
  readonly plan: Plan;
}

function planCompaction(
  access: StoreAccess,
  { place, name }: TranscriptPlace,
  keepLines: number,
): PlannedCompaction {
  const { realDir } = place;
  const { steps, ...counts } = compactionSteps(access.host, { realDir, name }, keepLines);
  const plan = transcriptPlan(access, {
    command: "compact",
    realDir,
    policy: { keepLines },
    files: [],
    steps,
  });
  return { plan, ...counts };
}
