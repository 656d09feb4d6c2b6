import { finding } from "@sessionsmith/core";
import { needsOrphanConfirmation } from "../orphan-guard.ts";
import { noFacts } from "../store-facts.ts";
import { orphanMinAgeMs } from "./check-facts.ts";
import type { StoreCheck } from "./check-input.ts";

/** Looks whether the index explains the transcripts beside it (docs/invariants.md I3). */
export const checkCoverage: StoreCheck = ({ survey: { snapshot }, facts, now }) => {
  if (snapshot === undefined || facts === undefined || facts.orphans.size === 0) return [];
  const view = { snapshot, facts: { ...noFacts, orphans: facts.orphans }, now };
  if (!needsOrphanConfirmation({ ...view, policy: { minAgeMs: orphanMinAgeMs } })) return [];
  const place = { path: snapshot.target.indexPath };
  return [
    finding("index-explains-too-little", place, {
      rows: snapshot.rows.length,
      transcripts: facts.orphans.size,
    }),
  ];
};
