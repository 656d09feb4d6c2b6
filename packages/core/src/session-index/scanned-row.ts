import { decodeString } from "./decode-string.ts";
import type { ByteRange, IndexRow } from "./index-document.ts";
import { jsonByte } from "./json-bytes.ts";

/** What a scan found out about a row. */
export interface FoundRow {
  readonly key: string;
  readonly keyRange: ByteRange;
  readonly valueRange: ByteRange;
  readonly understood: boolean;
  /** Where the string opens. */
  readonly sessionIdAt: number | undefined;
  readonly updatedAt: number | string | undefined;
  /** Where the string opens. */
  readonly sessionFileAt: number | undefined;
  readonly mayNameMore: boolean;
  /** Where the largest field lies that no rule looks at; twice the same place if there is none. */
  readonly bulkStart: number;
  readonly bulkEnd: number;
}

/** A string, or where it opens as long as nobody has asked for it. */
type LazyText = string | number | undefined;

/**
 * A row as a scan leaves it: mostly places in the bytes, decoded when somebody asks. Of 10,000 rows a list shows a hundred, and
 * what is made of the others only has to be collected again.
 */
export class ScannedRow implements IndexRow {
  readonly key: string;
  readonly updatedAt: number | string | undefined;
  readonly mayNameMore: boolean;
  understood: boolean;
  shadowed = false;
  readonly #bytes: Buffer;
  readonly #keyStart: number;
  readonly #keyEnd: number;
  readonly #valueStart: number;
  readonly #valueEnd: number;
  readonly #bulkStart: number;
  readonly #bulkEnd: number;
  #sessionId: LazyText;
  #sessionFile: LazyText;

  constructor(bytes: Buffer, found: FoundRow) {
    this.key = found.key;
    this.updatedAt = found.updatedAt;
    this.mayNameMore = found.mayNameMore;
    this.understood = found.understood;
    this.#bytes = bytes;
    this.#keyStart = found.keyRange.start;
    this.#keyEnd = found.keyRange.end;
    this.#valueStart = found.valueRange.start;
    this.#valueEnd = found.valueRange.end;
    this.#bulkStart = found.bulkStart;
    this.#bulkEnd = found.bulkEnd;
    this.#sessionId = found.sessionIdAt;
    this.#sessionFile = found.sessionFileAt;
  }

  get keyRange(): ByteRange {
    return { start: this.#keyStart, end: this.#keyEnd };
  }

  get valueRange(): ByteRange {
    return { start: this.#valueStart, end: this.#valueEnd };
  }

  get bulk(): ByteRange | undefined {
    return this.#bulkEnd === this.#bulkStart ? undefined : { start: this.#bulkStart, end: this.#bulkEnd };
  }

  get sessionId(): string | undefined {
    if (typeof this.#sessionId === "number") this.#sessionId = textAt(this.#bytes, this.#sessionId);
    return this.#sessionId;
  }

  get sessionFile(): string | undefined {
    if (typeof this.#sessionFile === "number") this.#sessionFile = textAt(this.#bytes, this.#sessionFile);
    return this.#sessionFile;
  }
}

/** Decodes the string that opens at `start`; the scan has accepted it. */
function textAt(bytes: Buffer, start: number): string {
  let end = start + 1;
  let escaped = false;
  for (; bytes[end] !== jsonByte.quote; end += 1) {
    if (bytes[end] !== jsonByte.backslash) continue;
    escaped = true;
    end += 1;
  }
  return decodeString(bytes, { start, end: end + 1 }, escaped);
}
