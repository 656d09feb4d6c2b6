import { join } from "node:path";
import {
  fileIdentity,
  type FileFact,
  type ReadFs,
  StoreError,
  type StoreSnapshot,
  type WriteFileStep,
} from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import { copyStep, freeBackupName, transcriptSource, type TranscriptSource } from "@sessionsmith/core/store";
import { type OrderedRow, requireUnlocked } from "../change/row-of-order.ts";

/** The transcript of a session that is about to be changed. */
export interface TranscriptFile {
  /** Name in the sessions directory. */
  readonly name: string;
  /** Undefined if there is none yet. */
  readonly fact: FileFact | undefined;
}

/**
 * The transcript that a row has, or would have.
 * @throws StoreError E_LOCKED while somebody works on it; E_REFUSED if it lies elsewhere, can't be looked at, or has further names
 */
export function transcriptOf(
  snapshot: StoreSnapshot,
  ordered: OrderedRow,
  sessionId: string,
): TranscriptFile {
  requireUnlocked(ordered, snapshot);
  const { transcript, row } = ordered.facts;
  if (transcript.state === "missing" || transcript.state === "unnamed")
    return { name: `${sessionId}.jsonl`, fact: undefined };
  if (transcript.state !== "present") throw refused(row.key, "is no file of the sessions directory");
  const fact = snapshot.files.get(transcript.name)?.fact;
  if (fact === undefined) throw new Error("a transcript that is present is not in the directory");
  if (fact.nlink > 1) throw refused(row.key, "has a further name elsewhere");
  return { name: transcript.name, fact };
}

/** A file as the source of another one. @throws StoreError E_STALE_PLAN if it is gone */
export function sourceOf(fs: ReadFs, path: string): TranscriptSource {
  const source = fs.withFile(path, (file) => transcriptSource(file, path));
  if (source === undefined) throw new StoreError("E_STALE_PLAN", `${path} is gone. Nothing was changed.`);
  return source;
}

/** New content for a transcript, and why it gets it, as a stable word. */
export interface Replacement {
  readonly file: TranscriptFile;
  readonly content: WriteFileStep["content"];
  readonly reason: string;
}

/**
 * The steps that put new content in the place of a transcript: a copy of the present one beside it as `.bak.<stamp>`, and the
 * switch. The engine keeps the replaced file in the trash as well, for an undo.
 */
export function replaceTranscript(
  host: Pick<EngineHost, "clock" | "fs">,
  { realDir }: Pick<StoreSnapshot, "realDir">,
  { file, content, reason }: Replacement,
): readonly WriteFileStep[] {
  const { name, fact } = file;
  const made = { kind: "write-file", name, content, reason } as const;
  if (fact === undefined) return [{ ...made, phase: "create", mode: 0o600, replaces: null }];
  const whole = sourceOf(host.fs, join(realDir, name));
  const backup = freeBackupName(host, realDir, name);
  const { mode } = whole.fact;
  const switched: WriteFileStep = { ...made, phase: "switch", mode, replaces: fileIdentity(whole.fact) };
  return backup === undefined ? [switched] : [copyStep(backup, whole, reason), switched];
}

function refused(key: string, what: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The transcript of ${JSON.stringify(key)} ${what}. Nothing was changed.`,
    {
      hint: "Put the file itself into the sessions directory, and correct sessionFile in the index.",
      details: { key },
    },
  );
}
