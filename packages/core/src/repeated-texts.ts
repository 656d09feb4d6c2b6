import { HashSieve, hashOfText } from "./hash-sieve.ts";

/**
 * The texts that come more than once among what may be very many, of which hardly any do. Memory is taken for those, and for a
 * hash of each other text; two texts of one hash are told apart by reading all of them again.
 * @param read makes the texts, the same each time; called twice, unless no hash comes more than once
 * @param hashOf a hash of 32 bits; a good one saves time, and any gives the same result
 */
export function repeatedTexts(read: () => Iterable<string>, hashOf = hashOfText): ReadonlySet<string> {
  const seen = new HashSieve();
  const candidates = new Set<number>();
  for (const text of read()) {
    const hash = hashOf(text);
    if (!seen.add(hash)) candidates.add(hash);
  }
  const known = new Set<string>();
  const repeated = new Set<string>();
  if (candidates.size === 0) return repeated;
  for (const text of read()) {
    if (!candidates.has(hashOf(text))) continue;
    if (known.has(text)) repeated.add(text);
    known.add(text);
  }
  return repeated;
}
