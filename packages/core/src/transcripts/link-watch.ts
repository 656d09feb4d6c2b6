import { readRange } from "../disk/read-bytes.ts";
import type { ReadableFile } from "../disk/read-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import type { RecordPiece } from "./classify-line.ts";
import { isMessageRecord } from "./message-record.ts";

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
    const { record } = piece;
    const { id, type, parentId } = record;
    const named = typeof parentId === "string" ? parentId : undefined;
    const ownId = typeof id === "string" && id !== "" ? id : undefined;
    const known = ownId === undefined ? undefined : this.#places.get(ownId);
    const twin = known === undefined ? "none" : isCopy(file, known, piece) ? "copy" : "other";
    const wasLinked = this.#linked;
    if (parentId !== undefined) this.#linked = true;
    const linked = this.#linked;
    if (twin === "copy")
      return { id: ownId, parentId: named, twin, parentMissing: false, incomplete: false, linked };
    const parentMissing =
      !this.#blind && (parentId === undefined ? wasLinked : parentId !== null && !this.#knows(named));
    const isNameless = linked && (ownId === undefined || typeof type !== "string" || type === "");
    const incomplete = isNameless || (isMessageRecord(record) && !hasRole(record));
    if (ownId !== undefined) this.#places.set(ownId, { start: piece.start, length: piece.end - piece.start });
    return { id: ownId, parentId: named, twin, parentMissing, incomplete, linked };
  }

  #knows(id: string | undefined): boolean {
    return id !== undefined && this.#places.has(id);
  }
}

/** A message in a record of its own, or the record itself in the form that has none. */
function hasRole(record: JsonObject): boolean {
  const body = record["message"];
  return typeof (isJsonObject(body) ? body : record)["role"] === "string";
}

function isCopy(file: ReadableFile, { start, length }: Place, { bytes }: RecordPiece): boolean {
  return length === bytes.length && readRange(file, start, start + length).equals(bytes);
}
