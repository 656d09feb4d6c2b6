import type { FileFact, FileKind, ReadableFile, ReadFs } from "./read-fs.ts";

/** What came of reading a whole file. */
export type WholeFile =
  | { readonly state: "read"; readonly bytes: Buffer; readonly fact: FileFact }
  | { readonly state: "absent" }
  | { readonly state: "not-a-file"; readonly kind: FileKind }
  /** Larger than allowed; nothing was loaded. */
  | { readonly state: "too-large"; readonly size: number };

/**
 * Reads a regular file that has at most `limitBytes`; a larger one is not loaded.
 * A file that shrinks meanwhile yields what was left. Throws Node's error for every failure but ENOENT (a link: ELOOP).
 */
export function readWholeFile(fs: ReadFs, path: string, limitBytes: number): WholeFile {
  return fs.withFile(path, (file) => wholeFile(file, limitBytes)) ?? { state: "absent" };
}

function wholeFile(file: ReadableFile, limitBytes: number): WholeFile {
  const { fact } = file;
  if (fact.kind !== "file") return { state: "not-a-file", kind: fact.kind };
  if (fact.size > limitBytes) return { state: "too-large", size: fact.size };
  return { state: "read", bytes: readRange(file, 0, fact.size), fact };
}

/** The first `limitBytes` of an open file, or all of a shorter one. */
export function readHead(file: ReadableFile, limitBytes: number): Buffer {
  return readRange(file, 0, Math.min(limitBytes, file.fact.size));
}

/** The last `limitBytes` of an open file, or all of a shorter one, and the offset at which they start. */
export function readTail(
  file: ReadableFile,
  limitBytes: number,
): { readonly bytes: Buffer; readonly offset: number } {
  const offset = Math.max(0, file.fact.size - limitBytes);
  return { bytes: readRange(file, offset, file.fact.size), offset };
}

/** All bytes of an open file; only to look at, and at once, for they may be those that others look at too. */
export function lookAtBytes(file: ReadableFile): Buffer {
  return file.bytes ?? readRange(file, 0, file.fact.size);
}

/** The bytes `[start, end)` of an open file; fewer if it ends before. */
export function readRange(file: ReadableFile, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start);
  return bytes.subarray(0, file.read(bytes, start));
}
