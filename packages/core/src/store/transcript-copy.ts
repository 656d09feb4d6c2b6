import { createHash } from "node:crypto";
import { join } from "node:path";
import { readRange } from "../disk/read-bytes.ts";
import type { FileFact, ReadableFile } from "../disk/read-fs.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import { archiveName } from "../layout/archive-stamp.ts";
import type { SpliceSource } from "../plan/content-source.ts";
import type { WriteFileStep } from "../plan/step.ts";

const chunkBytes = 1 << 20;

/** A transcript as it was read, for steps that are made of its bytes. */
export interface TranscriptSource {
  readonly source: SpliceSource;
  readonly fact: FileFact;
}

/** Describes an open transcript, whose absolute path is `path`, as the source of a new file. Reads all of it. */
export function transcriptSource(file: ReadableFile, path: string): TranscriptSource {
  const { fact } = file;
  return { source: { source: "splice", path, size: fact.size, sha256: sha256Of(file), edits: [] }, fact };
}

/** The step that copies a transcript, with its mode and time. @param reason why, as a stable word */
export function copyStep(name: string, { source, fact }: TranscriptSource, reason: string): WriteFileStep {
  return {
    kind: "write-file",
    phase: "create",
    name,
    content: source,
    mode: fact.mode,
    mtimeNs: String(fact.mtimeNs),
    replaces: null,
    reason,
  };
}

/** The name of a backup with the stamp of now, or of the next free millisecond; undefined if it would be too long. */
export function freeBackupName(
  { fs, clock }: Pick<EngineHost, "clock" | "fs">,
  realDir: string,
  name: string,
): string | undefined {
  for (let atMs = clock.now(); ; atMs += 1) {
    const backup = archiveName(name, "bak", atMs);
    if (backup === undefined || fs.lstat(join(realDir, backup)) === undefined) return backup;
  }
}

function sha256Of(file: ReadableFile): string {
  const hash = createHash("sha256");
  for (let at = 0; at < file.fact.size;) {
    const chunk = readRange(file, at, Math.min(at + chunkBytes, file.fact.size));
    if (chunk.length === 0) break;
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest("hex");
}
