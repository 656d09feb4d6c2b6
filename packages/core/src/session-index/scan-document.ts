import { createByteScan, type ByteScan } from "./byte-scan.ts";
import { decodeString } from "./decode-string.ts";
import type { ByteRange } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";
import { scanValue, type MemberListener } from "./scan-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** What is whole in a JSON object that may be cut off or damaged. */
export interface DocumentScan {
  /** False if the first value is no object; then there is nothing else to say. */
  readonly isObject: boolean;
  /** The members of the object whose values are whole, by name; of a name that stands twice, the last. */
  readonly members: ReadonlyMap<string, ByteRange>;
  /** The whole items of the list under the name that was asked for. */
  readonly items: readonly ByteRange[];
  /** Where the bytes stop being JSON, and why, without content; undefined for a sound document. */
  readonly damage: { readonly offset: number; readonly problem: string } | undefined;
}

/**
 * Scans an object without parsing it, as far as it is JSON, and tells where its members and the items of one list lie.
 * Memory grows with the number of these items only.
 * @param bytes valid UTF-8 without a byte order mark
 */
export function scanDocument(bytes: Buffer, listName: string): DocumentScan {
  const start = skipWhiteSpace(bytes, 0);
  const scan = createByteScan(bytes);
  const collector = new DocumentCollector(scan, listName);
  const isObject = bytes[start] === jsonByte.openBrace;
  const end = start === bytes.length ? -1 : scanValue(scan, start, collector);
  const { members, items } = collector;
  return { isObject, members, items, damage: damageOf(scan, { end, start }) };
}

function damageOf(
  { bytes, stop }: ByteScan,
  { end, start }: { readonly end: number; readonly start: number },
): DocumentScan["damage"] {
  if (start === bytes.length) return { offset: start, problem: "there is no value" };
  if (stop !== undefined) return { offset: stop.at, problem: stop.problem };
  const after = skipWhiteSpace(bytes, end);
  if (after === bytes.length) return undefined;
  return { offset: after, problem: "more bytes follow the end of the document" };
}

class DocumentCollector implements MemberListener {
  readonly members = new Map<string, ByteRange>();
  items: ByteRange[] = [];
  readonly #scan: ByteScan;
  readonly #listName: string;
  #name = "";
  #valueStart = 0;
  /** Where the next item begins, while the list is scanned. */
  #itemStart: number | undefined;

  constructor(scan: ByteScan, listName: string) {
    this.#scan = scan;
    this.#listName = listName;
  }

  onName(level: number, valueStart: number): void {
    if (level !== 1) return;
    const { bytes, nameStart, nameEnd, escaped } = this.#scan;
    this.#name = decodeString(bytes, { start: nameStart, end: nameEnd }, escaped);
    this.#valueStart = valueStart;
    this.#itemStart = undefined;
    if (this.#name !== this.#listName) return;
    this.items = [];
    if (bytes[valueStart] === jsonByte.openBracket) this.#itemStart = skipWhiteSpace(bytes, valueStart + 1);
  }

  onValueEnd(level: number, end: number): void {
    if (level === 1) {
      this.members.set(this.#name, { start: this.#valueStart, end });
      this.#itemStart = undefined;
    } else if (this.#itemStart !== undefined) {
      this.items.push({ start: this.#itemStart, end });
      const comma = skipWhiteSpace(this.#scan.bytes, end);
      this.#itemStart = skipWhiteSpace(this.#scan.bytes, comma + 1);
    }
  }
}
