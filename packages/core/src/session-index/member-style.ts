import type { JsonValue } from "../json-value.ts";
import type { ByteRange } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";

/** A member of an object, as byte ranges: a row of the index, or a field of a row. */
export interface Member {
  readonly key: string;
  /** The key with its quotes. */
  readonly keyRange: ByteRange;
  readonly valueRange: ByteRange;
}

/** How the members of one object are set out, so that new ones look like the old. */
export interface MemberStyle {
  /** From the opening brace to the first key. */
  readonly opening: string;
  /** From the end of a value to the next key, with the comma. */
  readonly separator: string;
  /** From a key to its value, with the colon. */
  readonly colon: string;
  /** From the last value to the closing brace. */
  readonly closing: string;
  /** How values are broken into lines; undefined if each stands on one. */
  readonly lines: LineStyle | undefined;
}

/** How a value of several lines is indented. */
export interface LineStyle {
  readonly newline: string;
  /** Before the member that holds the value. */
  readonly indent: string;
  /** Further indent of each level inside. */
  readonly step: string;
}

/** Reads the style of an object from its members; there must be at least one. */
export function styleOfMembers(bytes: Buffer, object: ByteRange, members: readonly Member[]): MemberStyle {
  const [first, last, before] = [members[0], members.at(-1), members.at(-2)];
  if (first === undefined || last === undefined)
    throw new RangeError("an object without members has no style");
  const text = (start: number, end: number): string => bytes.toString("latin1", start, end);
  const opening = text(object.start + 1, first.keyRange.start);
  const separator = before === undefined ? `,${opening}` : text(before.valueRange.end, last.keyRange.start);
  const closing = text(last.valueRange.end, object.end - 1);
  const lead = separator.slice(separator.indexOf(",") + 1);
  const isSpread = lead.includes("\n") && spreadsValues(bytes, members);
  return {
    opening,
    separator,
    colon: text(last.keyRange.end, last.valueRange.start),
    closing,
    lines: isSpread ? lineStyleOf(lead, closing) : undefined,
  };
}

/** The style of an object inside of a member that is set out in `outer`, when it has no members of its own to tell. */
export function styleInside(outer: MemberStyle): MemberStyle {
  const { colon, lines } = outer;
  if (lines === undefined) return { opening: "", separator: ",", colon, closing: "", lines };
  const { newline, indent, step } = lines;
  const inner = indent + step;
  return {
    opening: newline + inner,
    separator: `,${newline}${inner}`,
    colon,
    closing: newline + indent,
    lines: { newline, indent: inner, step },
  };
}

/** The style of an index that holds no row yet: two spaces, and the line ends that the file has. */
export function styleOfEmptyIndex(bytes: Buffer): MemberStyle {
  const newline = bytes.includes("\r\n") ? "\r\n" : "\n";
  return styleInside({
    opening: "",
    separator: "",
    colon: ": ",
    closing: "",
    lines: { newline, indent: "", step: "  " },
  });
}

/** Spells a value in the style; strings, numbers and literals as JSON.stringify does. */
export function formatValue(value: JsonValue, { lines }: MemberStyle): string {
  if (lines === undefined) return JSON.stringify(value);
  const { newline, indent, step } = lines;
  // Only the line ends of the indent are raw in JSON text; those of strings are escaped.
  return JSON.stringify(value, undefined, step).replaceAll("\n", newline + indent);
}

/** Tells whether objects and arrays go over several lines; the last one that is not empty tells. */
function spreadsValues(bytes: Buffer, members: readonly Member[]): boolean {
  const telling = members.findLast(({ valueRange: { start, end } }) => {
    const isContainer = bytes[start] === jsonByte.openBrace || bytes[start] === jsonByte.openBracket;
    return isContainer && end - start > 2;
  });
  if (telling === undefined) return true;
  const lineEnd = bytes.indexOf(jsonByte.lineFeed, telling.valueRange.start);
  return lineEnd >= 0 && lineEnd < telling.valueRange.end;
}

/** `lead` is the white space before a key, `closing` that before the brace of the object. */
function lineStyleOf(lead: string, closing: string): LineStyle {
  const newline = lead.includes("\r\n") ? "\r\n" : "\n";
  const indent = afterLastLine(lead);
  const outer = afterLastLine(closing);
  return { newline, indent, step: indent.startsWith(outer) ? indent.slice(outer.length) : indent };
}

function afterLastLine(space: string): string {
  return space.slice(space.lastIndexOf("\n") + 1);
}
