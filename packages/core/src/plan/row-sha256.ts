import { hash } from "node:crypto";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";

/** The identity of one member of an index, key and value: sha256 in lower-case hex over its bytes as they stand. */
export function rowSha256({ bytes }: IndexDocument, { keyRange, valueRange }: IndexRow): string {
  return hash("sha256", bytes.subarray(keyRange.start, valueRange.end), "hex");
}
