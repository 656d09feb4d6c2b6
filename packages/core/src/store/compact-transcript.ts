import { join } from "node:path";
import { applyPlan } from "../engine/apply-plan.ts";
import { trashName } from "../engine/trash-name.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import type { Plan } from "../plan/plan.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import type { WriteFileStep } from "../plan/step.ts";
import { compactionEdits } from "../transcripts/compaction-edits.ts";
import { withTranscript } from "../transcripts/transcript-window.ts";
import { StoreError } from "../store-error.ts";
import { requireTranscript, type TranscriptPlace } from "./locate-transcript.ts";
import { requirePositive } from "./read-transcript.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import type { StoreOptions } from "./store-options.ts";
import { copyStep, freeBackupName, transcriptSource, type TranscriptSource } from "./transcript-copy.ts";
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
 * @throws StoreError E_NOT_FOUND if there is no transcript; E_REFUSED if its header is missing, damaged or newer, or its lines are
 * encrypted; E_USAGE for `keepLines` below 1; E_LOCKED, naming the holder; E_STALE_PLAN if it is written to all the time; E_SQLITE_ERA, E_IO
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

interface PlannedCompaction {
  readonly plan: Plan;
  readonly removedLines: number;
  readonly keptLines: number;
  /** Undefined if the name of an archive would be too long: then the trash alone has the whole transcript. */
  readonly archive: string | undefined;
}

function planCompaction(
  access: StoreAccess,
  { place, name, path }: TranscriptPlace,
  keepLines: number,
): PlannedCompaction {
  const { host } = access;
  const { realDir } = place;
  const read = lookOrFail("E_IO", path, () =>
    withTranscript(host.fs, path, (file) => {
      return { found: compactionEdits(file, keepLines), whole: transcriptSource(file, path) };
    }),
  );
  if (read === undefined) throw noHeader(path);
  if ("state" in read.found) throw read.found.state === "encrypted" ? isEncrypted(path) : noHeader(path);
  const { removedLines, keptLines, edits } = read.found;
  const archive = freeBackupName(host, realDir, name);
  const steps = edits.length === 0 ? [] : compactionSteps({ name, archive, edits }, read.whole);
  const plan = transcriptPlan(access, {
    command: "compact",
    realDir,
    policy: { keepLines },
    files: [],
    steps,
  });
  return { plan, removedLines, keptLines, archive };
}

interface CompactionNames {
  readonly name: string;
  readonly archive: string | undefined;
  readonly edits: readonly SpliceEdit[];
}

/** A copy for the archive first, then the switch; the engine keeps the replaced file in the trash as well, for an undo. */
function compactionSteps(
  { name, archive, edits }: CompactionNames,
  whole: TranscriptSource,
): readonly WriteFileStep[] {
  const { source, fact } = whole;
  const replacement: WriteFileStep = {
    kind: "write-file",
    phase: "switch",
    name,
    content: { ...source, edits },
    mode: fact.mode,
    replaces: fileIdentity(fact),
    reason: "compact",
  };
  return archive === undefined ? [replacement] : [copyStep(archive, whole, "compact"), replacement];
}

function noHeader(path: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} does not begin with a header that is understood. Nothing was changed.`,
    {
      hint: "Look at its first line, and take a copy before you mend it.",
      details: { path },
    },
  );
}

function isEncrypted(path: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} is encrypted, and each of its lines is bound to the one before. Nothing was changed.`,
    {
      hint: "Run `sessionsmith decrypt` on the session, compact it, and encrypt it again.",
      details: { path },
    },
  );
}
