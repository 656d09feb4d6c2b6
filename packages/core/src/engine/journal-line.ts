import { hash } from "node:crypto";

/**
 * A journal line: 16 hex digits of the sha256 of the text, a tab, the text, a newline.
 * The checksum tells a line that a crash cut or zero-filled from one that is whole.
 */
export function formatJournalLine(text: string): string {
  return `${checksum(text)}\t${text}\n`;
}

/** The text of a line without its newline, or undefined if the line is damaged. */
export function parseJournalLine(line: string): string | undefined {
  const text = line.slice(checksumLength + 1);
  return line[checksumLength] === "\t" && line.slice(0, checksumLength) === checksum(text) ? text : undefined;
}

const checksumLength = 16;

function checksum(text: string): string {
  return hash("sha256", text).slice(0, checksumLength);
}
