import type { ByteRange } from "./index-document.ts";

/** How the rows of an index stand in its text, told without reading it as JSON. */
export interface IndexLayout {
  /** The white space before the key of a row that begins a line; undefined if rows don't begin lines. */
  readonly indent: string | undefined;
  /** From the end of a row to the next key, with the comma. */
  readonly separator: string;
  /** From the last row to the closing brace. */
  readonly closing: string;
}

const rowLine = /\n([ \t]*)"[^"\n]{1,1024}"[ \t]*:[ \t]*\{/g;

/** Characters that are looked through for the first rows. */
const sampleChars = 1 << 20;

/**
 * Tells how the rows of a damaged index stand: of the lines that begin with the name of an object, those of the rows are
 * indented least. Looks at its first and its last megabyte.
 */
export function layoutOf(bytes: Buffer): IndexLayout {
  const samples = [bytes.subarray(0, sampleChars), bytes.subarray(Math.max(0, bytes.length - sampleChars))];
  const indents = samples.flatMap((sample) =>
    Array.from(sample.toString("latin1").matchAll(rowLine), (match) => match[1] ?? ""),
  );
  if (indents.length === 0) return { indent: undefined, separator: ",", closing: "" };
  const indent = indents.reduce((least, one) => (one.length < least.length ? one : least));
  const newline = bytes.includes("\r\n") ? "\r\n" : "\n";
  return { indent, separator: `,${newline}${indent}`, closing: newline };
}

const plainSeparator = /^[ \t\r\n]*,[ \t\r\n]*$/;

/** Tells whether nothing but a comma and white space stands between two rows. */
export function isSeparator(bytes: Buffer, { start, end }: ByteRange): boolean {
  return end - start < 4096 && plainSeparator.test(bytes.toString("latin1", start, end));
}
