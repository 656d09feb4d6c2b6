import { createHash } from "node:crypto";
import type { ReadableFile } from "./read-fs.ts";

const chunkBytes = 2 ** 20;

/** Where the bytes pass through; one for all files, because hashing is synchronous and calls nobody back. */
let passage: Buffer | undefined;

/** The sha256 of an open file in lower-case hex, read chunk by chunk. */
export function sha256OfFile(file: ReadableFile): string {
  passage ??= Buffer.allocUnsafe(chunkBytes);
  const hash = createHash("sha256");
  for (let at = 0; at < file.fact.size;) {
    const wanted = passage.subarray(0, Math.min(chunkBytes, file.fact.size - at));
    const chunk = wanted.subarray(0, file.read(wanted, at));
    if (chunk.length === 0) break;
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest("hex");
}
