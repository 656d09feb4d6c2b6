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

/** A line that begins with the name of an object. */
const nameLine = /\n([ \t]*)"([^"\n]{1,1024})"[ \t]*:[ \t]*\{/g;
/** A line that ends an object which is not the whole index. */
const endLine = /\n([ \t]+)\}/g;
/** What most session keys look like, and hardly any name of a field. */
const keyLike = /:|^\+\d|^(?:main|global|unknown)$/;

/** Characters that are looked through for rows, from either end. */
const sampleChars = 1 << 20;

/**
 * Tells how the rows of a damaged index stand. The lines that begin with session keys tell it, by their majority, so that one line which
 * the damage has made doesn't count. Without such lines it is told by what is indented least: the keys of the rows and their ends. Looks at
 * the first and the last megabyte.
 */
export function layoutOf(bytes: Buffer): IndexLayout {
  const samples = [
    bytes.subarray(0, sampleChars),
    bytes.subarray(Math.max(sampleChars, bytes.length - sampleChars)),
  ];
  const names = samples.flatMap((sample) => [...sample.toString("latin1").matchAll(nameLine)]);
  const keys = names.flatMap(([, indent = "", name = ""]) => (keyLike.test(name) ? [indent] : []));
  const ends = samples.flatMap((sample) => [...sample.toString("latin1").matchAll(endLine)]);
  const others = [...names, ...ends].map(([, indent = ""]) => indent);
  const indent = mostFrequent(keys) ?? others.toSorted((a, b) => a.length - b.length)[0];
  if (indent === undefined) return { indent, separator: ",", closing: "" };
  const newline = bytes.includes("\r\n") ? "\r\n" : "\n";
  return { indent, separator: `,${newline}${indent}`, closing: newline };
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of texts) counts.set(one, (counts.get(one) ?? 0) + 1);
  const ranked = [...counts].toSorted(([a, m], [b, n]) => n - m || a.length - b.length);
  return ranked[0]?.[0];
}

const plainSeparator = /^[ \t\r\n]*,[ \t\r\n]*$/;

/** Tells whether nothing but a comma and white space stands between two rows. */
export function isSeparator(bytes: Buffer, { start, end }: ByteRange): boolean {
  return end - start < 4096 && plainSeparator.test(bytes.toString("latin1", start, end));
}
