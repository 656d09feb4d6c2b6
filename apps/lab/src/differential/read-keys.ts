import { readFileSync } from "node:fs";

/** The keys of an index, sorted. */
export function readKeys(indexPath: string): readonly string[] {
  const index: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(indexPath, "utf8"));
  return Object.keys(index).toSorted();
}
