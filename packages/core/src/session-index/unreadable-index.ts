import { createHash } from "node:crypto";
import type { IndexDocument } from "./index-document.ts";

/** An index of which only the bytes are known: they are no JSON object. */
export interface UnreadableIndex {
  readonly bytes: Buffer;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Takes bytes that no scan accepts for what they are; they are hashed when somebody asks. */
export function unreadableIndex(bytes: Buffer): UnreadableIndex {
  let sha256: string | undefined;
  return {
    bytes,
    get sha256() {
      sha256 ??= createHash("sha256").update(bytes).digest("hex");
      return sha256;
    },
  };
}

/** Tells whether the rows of an index are known. */
export function isReadableIndex(index: IndexDocument | UnreadableIndex): index is IndexDocument {
  return "rows" in index;
}
