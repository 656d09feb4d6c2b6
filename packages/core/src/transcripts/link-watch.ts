import { readRange } from "../disk/read-bytes.ts";
import type { ReadableFile } from "../disk/read-fs.ts";
import type { RecordPiece } from "./classify-line.ts";
import { isMessageRecord, parseMessage } from "./message-record.ts";

/** How a record is linked to those before it. */
export interface Link {
  /** Undefined if the record has none that can be used. */
  readonly id: string | undefined;
  /** The id of its parent, if it names one. */
  readonly parentId: string | undefined;
  /** What has the same id before it: nothing, a record of the same bytes, or another one. */
  readonly twin: "none" | "copy" | "other";
  /** True if the parent that it names, or should name, is not among the records before it. */
  readonly parentMissing: boolean;
  /** True if it lacks what every record has. */
  readonly incomplete: boolean;
  /** True if it, or a record before it, names a parent. */
  readonly linked: boolean;
}

interface Place {
  readonly start: number;
  readonly length: number;
}

/**
 * Follows the links of a transcript from record to record. Records of a linked file have an id and the id of a parent, which
 * stands before them (OpenClaw 2026.5.28 store format); a file in which no record names a parent is a list, and is not judged.
 */
export class LinkWatch {
  readonly #places = new Map<string, Place>();
  #linked = false;
  #blind = false;

  /** True if some record names the id. */
  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** A line that is not looked into may hold any record: from here on no parent counts as missing. */
  loseSight(): void {
    this.#blind = true;
  }

  /** Judges the next record of an open file; a copy of an earlier record leaves no trace. */
  next(file: ReadableFile, piece: RecordPiece): Link {
    const { id, type, parentId } = piece.record;
    const named = typeof parentId === "string" ? parentId : undefined;
    const ownId = typeof id === "string" && id !== "" ? id : undefined;
    const known = ownId === undefined ? undefined : this.#places.get(ownId);
    const twin = known === undefined ? "none" : isCopy(file, known, piece) ? "copy" : "other";
    const wasLinked = this.#linked;
    if (parentId !== undefined) this.#linked = true;
    const common = { id: ownId, parentId: named, linked: this.#linked };
    if (twin === "copy") return { ...common, twin, parentMissing: false, incomplete: false };
    const parentMissing =
      !this.#blind && (parentId === undefined ? wasLinked : parentId !== null && !this.#knows(named));
    const nameless = this.#linked && (ownId === undefined || typeof type !== "string" || type === "");
    const voiceless = isMessageRecord(piece.record) && parseMessage(piece.record) === undefined;
    if (ownId !== undefined) this.#places.set(ownId, placeOf(piece));
    return { ...common, twin, parentMissing, incomplete: nameless || voiceless };
  }

  #knows(id: string | undefined): boolean {
    return id !== undefined && this.#places.has(id);
  }
}

function placeOf({ start, end }: RecordPiece): Place {
  return { start, length: end - start };
}

function isCopy(file: ReadableFile, { start, length }: Place, { bytes }: RecordPiece): boolean {
  return length === bytes.length && readRange(file, start, start + length).equals(bytes);
}
