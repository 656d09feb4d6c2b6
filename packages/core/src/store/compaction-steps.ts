import { join } from "node:path";
import type { EngineHost } from "../engine/engine-host.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import type { WriteFileStep } from "../plan/step.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { StoreError } from "../store-error.ts";
import { compactionEdits } from "../transcripts/compaction-edits.ts";
import { withTranscript } from "../transcripts/transcript-window.ts";
import { copyStep, freeBackupName, transcriptSource, type TranscriptSource } from "./transcript-copy.ts";

/** How a transcript is made shorter. Lines are counted without the header and without blank ones. */
export interface CompactionSteps {
  /** None if nothing goes. */
  readonly steps: readonly WriteFileStep[];
  readonly removedLines: number;
  readonly keptLines: number;
  /**
   * Name of the copy of the whole transcript beside it; undefined if that would be too long: then the trash alone has it.
   */
  readonly archive: string | undefined;
}

/** A transcript in a sessions directory. */
export interface CompactedFile {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly name: string;
}

/**
 * The steps that leave the header of a transcript and its last `keepLines` lines, and as many more as it takes that no tool
 * result stands without its call. Reads all of it, and writes nothing.
 * @throws StoreError E_REFUSED if its header is missing, damaged or newer, its lines are encrypted, or it is gone; or if something would go,
 * and the file has a further name, under which it would stay as it is; E_IO
 */
export function compactionSteps(
  host: Pick<EngineHost, "clock" | "fs">,
  { realDir, name }: CompactedFile,
  keepLines: number,
): CompactionSteps {
  const path = join(realDir, name);
  const read = lookOrFail("E_IO", path, () =>
    withTranscript(host.fs, path, (file) => {
      return { found: compactionEdits(file, keepLines), whole: transcriptSource(file, path) };
    }),
  );
  if (read === undefined) throw noHeader(path);
  if ("state" in read.found) throw read.found.state === "encrypted" ? isEncrypted(path) : noHeader(path);
  const { removedLines, keptLines, edits } = read.found;
  if (edits.length > 0 && read.whole.fact.nlink > 1) throw hasFurtherName(path);
  const archive = freeBackupName(host, realDir, name);
  const steps = edits.length === 0 ? [] : stepsFor({ name, archive, edits }, read.whole);
  return { steps, removedLines, keptLines, archive };
}

interface CompactionNames {
  readonly name: string;
  readonly archive: string | undefined;
  readonly edits: readonly SpliceEdit[];
}

/** A copy for the archive first, then the switch; the engine keeps the replaced file in the trash as well, for an undo. */
function stepsFor(
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

function hasFurtherName(path: string): StoreError {
  return new StoreError("E_REFUSED", `${path} has a further name elsewhere. Nothing was changed.`, {
    hint: "Put a copy of the file in its place.",
    details: { path },
  });
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
