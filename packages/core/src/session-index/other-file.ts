import type { IndexFailure } from "./index-document.ts";
import { indexTextOf } from "./index-text.ts";
import { jsonByte } from "./json-bytes.ts";
import { skipWhiteSpace } from "./white-space.ts";

const databaseMagic = Buffer.from("SQLite format 3\0", "latin1");
/** With or without quotes: an index may have been encoded twice. */
const sessionIdName = Buffer.from("sessionId");
/** The first field of the records of a transcript, and of many a log. */
const typeName = Buffer.from('"type"');

/** So few bytes may be the rest of anything, but for words. */
const fewBytes = 16;
/** Words, but none of the signs that make up an index. */
const words = /^[A-Za-z][^\0"[\]{}:]*$/;
/** What a program writes in the place of an index that it does not have. */
const noIndex: ReadonlySet<string> = new Set(["null", "undefined", "true", "false"]);

/**
 * Tells of bytes that no scan accepts that they are no damaged index either, but another file that was named by mistake: a database, a
 * program, a text, a transcript. Undefined for all that may be the rest of an index: cut off, filled with NUL bytes, half overwritten,
 * in another encoding. When in doubt it is one.
 */
export function findOtherFile(bytes: Buffer): IndexFailure | undefined {
  if (bytes.subarray(0, databaseMagic.length).equals(databaseMagic))
    return { reason: "database", problem: "the file is an SQLite database" };
  const text = indexTextOf(bytes);
  const start = skipBlanks(text.bytes, text.start);
  if (mayBeIndex(text.bytes, start)) return undefined;
  return { reason: "another-file", problem: "the file is something else than an index" };
}

function mayBeIndex(bytes: Buffer, start: number): boolean {
  if (bytes.length - start < fewBytes) return !isWords(bytes.toString("latin1", start));
  if (bytes[start] !== jsonByte.openBrace) return bytes.includes(sessionIdName);
  const nameAt = skipWhiteSpace(bytes, start + 1);
  return !bytes.subarray(nameAt, nameAt + typeName.length).equals(typeName);
}

function isWords(text: string): boolean {
  return words.test(text) && !noIndex.has(text.trim());
}

/** White space, and the NUL bytes that a power failure leaves. */
function skipBlanks(bytes: Buffer, start: number): number {
  let at = skipWhiteSpace(bytes, start);
  while (bytes[at] === 0) at = skipWhiteSpace(bytes, at + 1);
  return at;
}
