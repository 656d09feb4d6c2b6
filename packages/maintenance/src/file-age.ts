import type { StoreFile } from "@sessionsmith/core";

/** How long ago a file was last written, in ms; negative for a time in the future. */
export function fileAgeMs({ fact }: StoreFile, now: number): number {
  return now - Number(fact.mtimeNs / 1_000_000n);
}
