import { join } from "node:path";
import { readRange } from "../disk/read-bytes.ts";
import type { ReadableFile } from "../disk/read-fs.ts";
import type { WritableFile } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import type { JsonObject } from "../json-value.ts";
import { StoreError } from "../store-error.ts";
import { envelopeKind, envelopeType } from "../transcripts/envelope.ts";
import { tailOf, type TranscriptTail } from "../transcripts/inspect-tail.ts";
import { parseRecord } from "../transcripts/parse-record.ts";
import { scanLines } from "../transcripts/scan-lines.ts";
import { recordsNewestFirst } from "../transcripts/transcript-records.ts";
import { windowBytes } from "../transcripts/transcript-window.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { operationError } from "./operation-error.ts";
import { setAside } from "./set-aside.ts";
import { writeFully } from "./write-fully.ts";

/**
 * Makes a line, without its line end, of the record that it will follow: undefined if that is the header. Undefined leaves the
 * line out.
 */
export type MakeText = (last: JsonObject | undefined) => string | undefined;

/** Lines for the end of a transcript. */
export interface LineAppend {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Name of the transcript in it. */
  readonly name: string;
  /** The first line of a transcript that is new or empty, without its line end. */
  readonly header: string;
  /** Without their line ends. */
  readonly lines: readonly (MakeText | string)[];
  /** Whether the lines are on stable storage when this returns. */
  readonly sync: boolean;
}

/**
 * Adds lines to a transcript, one system call a line; no plan, no journal. All of them are there afterwards, or none.
 * The caller holds the lock of the store.
 *
 * An end that an interrupted write left is mended first: a whole record without its line end gets it; half a record, or NUL
 * bytes, are copied aside and cut off (see `setAside`). A line too long to be judged counts as whole.
 * @returns the absolute path of what was copied aside, if anything was
 * @throws StoreError E_REFUSED if the transcript has further names; E_IO
 */
export function appendLines(host: Pick<EngineHost, "fs" | "ids">, append: LineAppend): string | undefined {
  const path = join(append.realDir, append.name);
  try {
    if (host.fs.lstat(path) !== undefined)
      return host.fs.appendFile(path, (file) => appendTo(host, file, append));
    const lines = textsOf(append.lines, () => undefined);
    return lines.length === 0 ? undefined : appendToNew(host, path, { ...append, lines });
  } catch (error) {
    const isUntidy = error instanceof Error && Object.hasOwn(error, "suppressed");
    throw isUntidy ? perhapsAdded(path, error) : operationError(error, "untouched");
  }
}

/** The name comes first, so that no synced line is in a file without one; an empty file is as good as none. */
function appendToNew(host: Pick<EngineHost, "fs" | "ids">, path: string, append: LineAppend): undefined {
  const { fs } = host;
  createTranscript(host, append.realDir, path);
  try {
    if (append.sync) fs.syncDir(append.realDir);
    fs.appendFile(path, (file) => appendTo(host, file, append));
  } catch (error) {
    throw cleanUpAfter(error, () => {
      if (fs.lstat(path)?.size === 0) fs.unlink(path);
    });
  }
}

function createTranscript({ fs }: Pick<EngineHost, "fs">, realDir: string, path: string): void {
  const dir = fs.lstat(realDir);
  fs.createFile(path, 0o600, (file) => {
    if (dir !== undefined && dir.uid !== file.fact.uid) file.setOwner(dir.uid, dir.gid);
  });
}

function appendTo(
  host: Pick<EngineHost, "fs" | "ids">,
  file: WritableFile,
  { realDir, name, header, lines, sync }: LineAppend,
): string | undefined {
  const path = join(realDir, name);
  if (file.fact.kind !== "file" || file.fact.nlink > 1) throw notOurs(path);
  const tail = tailOf(file);
  const torn = tornOffset(tail);
  const aside = torn === undefined ? undefined : setAside(host, file, { realDir, name, offset: torn });
  if (torn !== undefined) file.truncate(torn);
  const from = torn ?? file.fact.size;
  const isOpen = tail.lastLine?.terminated === false && tail.lastLine.offset < from;
  const lead = isOpen ? "\n" : "";
  const made = textsOf(lines, () => lastRecord(file, from));
  if (made.length === 0) return aside;
  const isEncrypted =
    torn === undefined ? isEnvelope(file, tail) : envelopeKind(lastRecord(file, from) ?? {}) !== undefined;
  if (isEncrypted && made.some((text) => !text.slice(0, markBytes).includes(mark))) throw encrypted(path);
  const texts = hasLines(file, from) ? made : [header, ...made];
  let end = from;
  try {
    for (const [n, text] of texts.entries()) {
      const bytes = Buffer.from(`${n === 0 ? lead : ""}${text}\n`, "utf8");
      writeCounted(file, bytes, (count) => (end += count));
    }
    if (sync) file.sync();
  } catch (error) {
    throw cleanUpAfter(error, () => {
      // Only what we wrote, and only while nobody has written behind it.
      if (host.fs.lstat(path)?.size === end) file.truncate(from);
    });
  }
  return aside;
}

/** Bytes at the beginning of a line in which an envelope says that it is one; only the time of the line stands before that. */
const markBytes = 256;
const mark = `"customType":"${envelopeType}"`;

function isEnvelope(file: ReadableFile, { lastLine }: TranscriptTail): boolean {
  if (lastLine === undefined) return false;
  const { offset, length } = lastLine;
  return readRange(file, offset, offset + Math.min(length, markBytes)).includes(mark);
}

/** A plain line behind encrypted ones would end what can be decrypted. */
function encrypted(path: string): StoreError {
  return new StoreError("E_REFUSED", `${path} is encrypted, and the line is not. Nothing was added.`, {
    hint: "Add it with a session manager that has the key, or run `sessionsmith decrypt` on the session first.",
    details: { path },
  });
}

function hasLines(file: ReadableFile, to: number): boolean {
  for (const { blank } of scanLines(file, { to, chunkBytes: windowBytes })) if (!blank) return true;
  return false;
}

/** The texts of lines, each made of the one before it; the first of the last record that is there. */
function textsOf(lines: LineAppend["lines"], lastStored: () => JsonObject | undefined): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const before = texts.at(-1);
    const last = () => (before === undefined ? lastStored() : recordIn(before));
    const text = typeof line === "string" ? line : line(last());
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

function recordIn(text: string): JsonObject | undefined {
  const parsed = parseRecord(Buffer.from(text, "utf8"));
  return parsed.ok ? parsed.record : undefined;
}

function lastRecord(file: ReadableFile, to: number): JsonObject | undefined {
  for (const { record } of recordsNewestFirst(file, to)) return record;
  return undefined;
}

function writeCounted(file: WritableFile, bytes: Uint8Array, note: (count: number) => void): void {
  const counting: WritableFile = {
    ...file,
    write: (chunk) => {
      const count = file.write(chunk);
      note(count);
      return count;
    },
  };
  writeFully(counting, bytes);
}

/** Where the part begins that no reader can use; undefined if every line is whole but for its line end. */
function tornOffset({ lastLine, nulOffset }: TranscriptTail): number | undefined {
  const isCut = lastLine !== undefined && !lastLine.terminated && lastLine.content === "unparsable";
  return isCut ? lastLine.offset : nulOffset;
}

function perhapsAdded(path: string, cause: Error): StoreError {
  const errno = errnoOf(cause) ?? "unknown";
  return new StoreError(
    "E_IO",
    `A write to ${path} failed (${errno}), and so did taking it back: lines may stand at its end in part or as a whole.`,
    {
      hint: "Mend the cause, and look at the end of the transcript; the next line that is added mends a torn one.",
      details: { path, errno },
      cause,
    },
  );
}

function notOurs(path: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `${path} is no regular file, or has a further name elsewhere. Nothing was changed.`,
    { hint: "Put a copy of the file in its place.", details: { path } },
  );
}
