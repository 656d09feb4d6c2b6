import type { FileFact, ReadableFile, ReadFs } from "../disk/read-fs.ts";
import { StoreError } from "../store-error.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";

/** Bytes that a look at one end of a transcript reads, if not told otherwise. */
export const windowBytes = 4096;

/** The whole lines of one end of a transcript. */
export interface TranscriptWindow {
  /** In file order, blank ones included; a line that the window cuts is not among them. */
  readonly lines: readonly TranscriptLine[];
  /** True if the window holds the whole file. */
  readonly whole: boolean;
  readonly fact: FileFact;
}

/**
 * Opens a transcript for as long as `use` runs; undefined if there is no such file.
 * Throws E_IO if it is no regular file, and Node's error for every other failure (a link: ELOOP).
 */
export function withTranscript<T>(fs: ReadFs, path: string, use: (file: ReadableFile) => T): T | undefined {
  return fs.withFile(path, (file) => {
    if (file.fact.kind === "file") return use(file);
    throw new StoreError("E_IO", `${path} is a ${file.fact.kind}, not a regular file; it was not read`, {
      hint: "Move it out of the sessions directory.",
      details: { path, kind: file.fact.kind },
    });
  });
}

/** The lines that lie wholly in the first `limitBytes` of a transcript; undefined if there is no such file. */
export function readTranscriptHead(
  fs: ReadFs,
  path: string,
  limitBytes = windowBytes,
): TranscriptWindow | undefined {
  return withTranscript(fs, path, (file) => headWindow(file, limitBytes));
}

/** The lines that lie wholly in the last `limitBytes` of a transcript; undefined if there is no such file. */
export function readTranscriptTail(
  fs: ReadFs,
  path: string,
  limitBytes = windowBytes,
): TranscriptWindow | undefined {
  return withTranscript(fs, path, (file) => tailWindow(file, limitBytes));
}

/** {@link readTranscriptHead} of a file that is open already. */
export function headWindow(file: ReadableFile, limitBytes: number): TranscriptWindow {
  const { fact } = file;
  const whole = fact.size <= limitBytes;
  const lines = [...scanLines(file, { to: Math.min(limitBytes, fact.size) })];
  return { lines: whole ? lines : lines.filter((line) => line.terminated), whole, fact };
}

/** {@link readTranscriptTail} of a file that is open already. */
export function tailWindow(file: ReadableFile, limitBytes: number): TranscriptWindow {
  const { fact } = file;
  if (fact.size <= limitBytes) return { lines: [...scanLines(file)], whole: true, fact };
  // From one byte before the window: what comes first is then a cut line, or the end of the line before it.
  const lines = [...scanLines(file, { from: fact.size - limitBytes - 1 })];
  return { lines: lines.slice(1), whole: false, fact };
}
