import { parseRow, type RowFacts, type StoreFile, type StoreSnapshot } from "@sessionsmith/core";
import { isRunning } from "../../is-running.ts";

/** Why a transcript must not be replaced: it has further names, or is in use. Undefined if it may be. */
export function whyTranscriptStays(
  { snapshot, now }: { readonly snapshot: StoreSnapshot; readonly now: number },
  { file, rows }: { readonly file: StoreFile; readonly rows: readonly RowFacts[] },
): string | undefined {
  if (file.fact.nlink > 1) return "has-further-names";
  if (snapshot.heldLocks.has(`${file.name}.lock`) || rows.some(({ locked }) => locked))
    return "in-use:locked";
  const runs = rows.some((facts) => {
    const entry = parseRow(snapshot.document, facts.row);
    return entry !== undefined && isRunning(facts, entry, { snapshot, now });
  });
  return runs ? "in-use:running" : undefined;
}
