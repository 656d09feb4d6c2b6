import { createHash } from "node:crypto";
import { type ReadableFile, readRange } from "@sessionsmith/core";

const chunkBytes = 2 ** 20;

/** The sha256 of an open file in lower-case hex, read chunk by chunk. */
export function sha256OfFile(file: ReadableFile): string {
  const hash = createHash("sha256");
  for (let at = 0; at < file.fact.size;) {
    const chunk = readRange(file, at, Math.min(at + chunkBytes, file.fact.size));
    if (chunk.length === 0) break;
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest("hex");
}
