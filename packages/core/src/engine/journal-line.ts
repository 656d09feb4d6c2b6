import { createHash, hash } from "node:crypto";
import { hasLongList, jsonParts } from "./long-json.ts";

/**
 * The journal line of a record, in parts: 16 hex digits of the sha256 of its JSON text, a tab, the text, a newline.
 * The checksum tells a line that a crash cut or zero-filled from one that is whole.
 */
export function formatJournalLine(record: unknown): Iterable<string> {
  if (hasLongList(record)) return longLine(record);
  const text = JSON.stringify(record);
  return [`${checksum(text)}\t${text}\n`];
}

/** The text of a line without its newline, or undefined if the line is damaged. */
export function parseJournalLine(line: string): string | undefined {
  const text = line.slice(checksumLength + 1);
  return line[checksumLength] === "\t" && line.slice(0, checksumLength) === checksum(text) ? text : undefined;
}

/** The text is made twice, because the checksum stands before it. */
function* longLine(record: unknown): Generator<string, void> {
  const sum = createHash("sha256");
  for (const part of jsonParts(record)) sum.update(part);
  yield `${sum.digest("hex").slice(0, checksumLength)}\t`;
  yield* jsonParts(record);
  yield "\n";
}

const checksumLength = 16;

function checksum(text: string): string {
  return hash("sha256", text).slice(0, checksumLength);
}
