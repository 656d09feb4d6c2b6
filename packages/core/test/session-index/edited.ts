import type { IndexDocument } from "../../src/session-index/index-document.ts";
import type { SpliceEdit } from "../../src/session-index/splice-edit.ts";
import { spliceIndex } from "../../src/session-index/splice-index.ts";

/** The text of an index after the edits. */
export function edited({ bytes }: IndexDocument, edits: Iterable<SpliceEdit>): string {
  return Buffer.concat(spliceIndex(bytes, edits)).toString();
}
