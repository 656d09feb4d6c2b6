import type { IndexLayout } from "./index-layout.ts";
import { jsonByte } from "./json-bytes.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** A place behind damage where a row may begin: the quote of its key. */
export interface RowStart {
  readonly at: number;
  /** True if it begins a line as rows do. */
  readonly isLine: boolean;
}

/** Finds the places where rows may begin. */
export interface RowStarts {
  /** The first one at or after `from`. */
  next(from: number): RowStart | undefined;
  /** Where a row that begins at `at` ends at the latest: rows that begin lines end before the next line that begins one. */
  limit(at: number): number;
}

/** Longest key that is looked for backwards, with its quotes. */
const longestKey = 1026;

/** Prepares the search in one text. Both searches only ever go forward, so that they are linear together. */
export function openRowStarts(bytes: Buffer, { indent }: IndexLayout): RowStarts {
  const lines = indent === undefined ? undefined : openLines(bytes, `\n${indent}"`);
  const objects = openObjects(bytes);
  return {
    next: (from) => {
      const line = lines?.next(from);
      const object = objects(from);
      if (line === undefined) return object === undefined ? undefined : { at: object, isLine: false };
      return object !== undefined && object < line
        ? { at: object, isLine: false }
        : { at: line, isLine: true };
    },
    limit: (at) => lines?.next(at + 1) ?? bytes.length,
  };
}

/** Lines that begin with the name of an object, as far in as rows stand. */
function openLines(bytes: Buffer, mark: string): { readonly next: (from: number) => number | undefined } {
  let known: { readonly from: number; readonly at: number | undefined } = { from: 0, at: undefined };
  const search = (from: number): number | undefined => {
    for (let start = Math.max(0, from - mark.length + 1); ;) {
      const line = bytes.indexOf(mark, start, "latin1");
      if (line < 0) return undefined;
      const at = line + mark.length - 1;
      if (at >= from && namesObject(bytes, at)) return at;
      start = line + 1;
    }
  };
  known = { from: 0, at: search(0) };
  return {
    next: (from) => {
      const isKnown = from >= known.from && (known.at === undefined || from <= known.at);
      if (!isKnown) known = { from, at: search(from) };
      return known.at;
    },
  };
}

/** True if a short name, a colon and a brace follow. */
function namesObject(bytes: Buffer, quote: number): boolean {
  const end = closingQuote(bytes, quote + 1);
  if (end === undefined) return false;
  const colon = skipWhiteSpace(bytes, end + 1);
  if (bytes[colon] !== jsonByte.colon) return false;
  return bytes[skipWhiteSpace(bytes, colon + 1)] === jsonByte.openBrace;
}

function closingQuote(bytes: Buffer, start: number): number | undefined {
  const last = Math.min(bytes.length, start + longestKey);
  for (let at = start; at < last; at += 1) {
    if (bytes[at] === jsonByte.backslash) at += 1;
    else if (bytes[at] === jsonByte.quote) return at;
    else if (bytes[at] === jsonByte.lineFeed) return undefined;
  }
  return undefined;
}

/** Names of objects, wherever they stand, that may be session keys. */
function openObjects(bytes: Buffer): (from: number) => number | undefined {
  let known: { readonly from: number; readonly at: number | undefined } | undefined;
  const search = (from: number): number | undefined => {
    for (let brace = bytes.indexOf(jsonByte.openBrace, from); brace >= 0;) {
      const at = nameBefore(bytes, brace, from);
      if (at !== undefined && mayBeKey(bytes, at)) return at;
      brace = bytes.indexOf(jsonByte.openBrace, brace + 1);
    }
    return undefined;
  };
  return (from) => {
    const isKnown = known !== undefined && from >= known.from && (known.at === undefined || from <= known.at);
    if (!isKnown) known = { from, at: search(from) };
    return known?.at;
  };
}

/** The opening quote of the name that stands before a brace. */
function nameBefore(bytes: Buffer, brace: number, from: number): number | undefined {
  const colon = beforeSpace(bytes, brace - 1);
  if (bytes[colon] !== jsonByte.colon) return undefined;
  const end = beforeSpace(bytes, colon - 1);
  if (bytes[end] !== jsonByte.quote) return undefined;
  // A quote behind a backslash is inside a string, unless the backslash is damage: then a name ends without one.
  if (bytes[end - 1] === jsonByte.backslash) return undefined;
  const first = Math.max(from, end - longestKey);
  for (let at = end - 1; at >= first; at -= 1) {
    if (bytes[at] !== jsonByte.quote) continue;
    if (bytes[at - 1] !== jsonByte.backslash || mayBeKey(bytes, at)) return at;
  }
  return undefined;
}

const agentKey = '"agent:';
const mostSpace = 256;

function beforeSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (at >= 0 && start - at < mostSpace && isSpace(bytes[at])) at -= 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const sentinels = ['"main"', '"global"', '"unknown"', '"+'];

/** Told by the first bytes: `agent:…`, a name with a colon, one of the keys of old. */
function mayBeKey(bytes: Buffer, at: number): boolean {
  const head = bytes.toString("latin1", at, at + 64);
  if (head.startsWith(agentKey) || sentinels.some((one) => head.startsWith(one))) return true;
  const name = head.slice(1).split('"', 1)[0] ?? "";
  return name.includes(":");
}
