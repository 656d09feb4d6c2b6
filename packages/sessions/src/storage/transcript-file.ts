import { join } from "node:path";
import {
  archiveName,
  fileIdentity,
  type ReadFs,
  type RowFacts,
  sha256OfFile,
  type SpliceSource,
  StoreError,
  type StoreSnapshot,
  type WriteFileStep,
} from "@sessionsmith/core";
import type { FileFact } from "@sessionsmith/core";

/** The transcript of a session that is about to be replaced. */
export interface TranscriptFile {
  /** Name in the sessions directory. */
  readonly name: string;
  /** Undefined if there is none yet. */
  readonly fact: FileFact | undefined;
}

/**
 * The transcript that a row has, or would have.
 * @throws StoreError E_LOCKED while somebody has its lock; E_REFUSED if it lies elsewhere, can't be looked at, or has further names
 */
export function transcriptOf({ files }: StoreSnapshot, facts: RowFacts, sessionId: string): TranscriptFile {
  const { transcript, row, locked } = facts;
  if (locked) throw refused("E_LOCKED", row.key, "is locked by another program");
  if (transcript.state === "missing" || transcript.state === "unnamed")
    return { name: `${sessionId}.jsonl`, fact: undefined };
  if (transcript.state !== "present")
    throw refused("E_REFUSED", row.key, "is no file of the sessions directory");
  const fact = files.get(transcript.name)?.fact;
  if (fact === undefined) throw new Error("a transcript that is present is not in the directory");
  if (fact.nlink > 1) throw refused("E_REFUSED", row.key, "has a further name elsewhere");
  return { name: transcript.name, fact };
}

/** The content of a file as it is, for a copy of it. */
export function contentOf(fs: ReadFs, path: string): SpliceSource & { readonly fact: FileFact } {
  const read = fs.withFile(path, (file) => ({ fact: file.fact, sha256: sha256OfFile(file) }));
  if (read === undefined) throw new StoreError("E_STALE_PLAN", `${path} is gone. Nothing was changed.`);
  const { fact, sha256 } = read;
  return { source: "splice", path, size: fact.size, sha256, edits: [], fact };
}

/**
 * The steps that put new content in the place of a transcript: a copy of it beside the index as `.bak.<stamp>`, and the switch.
 * The engine keeps the replaced file in the trash as well, for an undo.
 */
export function replaceTranscript(
  { fs, atMs }: { readonly fs: ReadFs; readonly atMs: number },
  { realDir }: StoreSnapshot,
  {
    file,
    content,
    reason,
  }: { readonly file: TranscriptFile; readonly content: WriteFileStep["content"]; readonly reason: string },
): readonly WriteFileStep[] {
  const { name, fact } = file;
  const made = { kind: "write-file", name, content, reason } as const;
  if (fact === undefined) return [{ ...made, phase: "create", mode: 0o600, replaces: null }];
  const { fact: present, ...whole } = contentOf(fs, join(realDir, name));
  const backup = freeBackupName(fs, { realDir, name, atMs });
  const copy: WriteFileStep = {
    kind: "write-file",
    phase: "create",
    name: backup ?? name,
    content: whole,
    mode: present.mode,
    mtimeNs: String(present.mtimeNs),
    replaces: null,
    reason,
  };
  const switched: WriteFileStep = {
    ...made,
    phase: "switch",
    mode: present.mode,
    replaces: fileIdentity(present),
  };
  return backup === undefined ? [switched] : [copy, switched];
}

/** Undefined if the name of a backup would be too long: then the trash alone has the file. */
function freeBackupName(
  fs: ReadFs,
  from: { readonly realDir: string; readonly name: string; readonly atMs: number },
): string | undefined {
  for (let atMs = from.atMs; ; atMs += 1) {
    const backup = archiveName(from.name, "bak", atMs);
    if (backup === undefined || fs.lstat(join(from.realDir, backup)) === undefined) return backup;
  }
}

function refused(code: "E_LOCKED" | "E_REFUSED", key: string, what: string): StoreError {
  return new StoreError(code, `The transcript of ${JSON.stringify(key)} ${what}. Nothing was changed.`, {
    hint: code === "E_LOCKED" ? "Wait until it has finished, and try again." : "See `sessionsmith check`.",
    details: { key },
  });
}
