import { parseRow, type StoreSnapshot } from "@sessionsmith/core";
import type { KeyParams } from "./key-params.ts";
import { readRowSeal } from "./row-seal.ts";
import { readSealFacts } from "./seal.ts";

/**
 * The parameters of keys that transcripts of a store are encrypted with, each way of stretching a passphrase once, so that it need not
 * be done for each session anew. Lazy: the first one mostly fits.
 */
export function* knownKeys({
  document,
  rows,
}: Pick<StoreSnapshot, "document" | "rows">): Generator<KeyParams> {
  const seen = new Set<string>();
  for (const { row } of rows) {
    const entry = row.understood ? parseRow(document, row) : undefined;
    const seal = entry && readRowSeal(entry);
    const key = seal === undefined ? undefined : readSealFacts(seal)?.key;
    const name = JSON.stringify(key?.scrypt);
    if (key === undefined || seen.has(name)) continue;
    seen.add(name);
    yield key;
  }
}
