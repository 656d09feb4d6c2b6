import type { StoreFile, StoreSnapshot } from "@sessionsmith/core";
import { fileAgeMs } from "./file-age.ts";

/** The transcripts of a store that are old enough to be judged: regular files, last written longer ago than `minAgeMs`. */
export function settledTranscripts(
  snapshot: StoreSnapshot,
  { minAgeMs, now }: { readonly minAgeMs: number; readonly now: number },
): readonly StoreFile[] {
  return [...snapshot.files.values()].filter(
    (file) =>
      file.nameClass.kind === "transcript" && file.fact.kind === "file" && fileAgeMs(file, now) > minAgeMs,
  );
}

/** Of these, the names that nothing references: what they are has to be read before a plan. */
export function orphanCandidates(
  snapshot: StoreSnapshot,
  limits: { readonly minAgeMs: number; readonly now: number },
): readonly string[] {
  return settledTranscripts(snapshot, limits)
    .map(({ name }) => name)
    .filter((name) => !isReferenced(name, snapshot));
}

/** Tells whether a row of this index, or anything else that is known, references a file. */
export function isReferenced(name: string, { references }: StoreSnapshot): boolean {
  return references.rowsByFile.has(name) || references.protectedElsewhere.has(name);
}
