import type { StoreFile, StoreSnapshot } from "@sessionsmith/core";
import { fileAgeMs } from "./file-age.ts";

/** What an age is judged by. */
interface AgeLimits {
  readonly minAgeMs: number;
  /** Epoch ms. */
  readonly now: number;
}

/** The transcripts of a store that are old enough to be judged: regular files, last written longer ago than `minAgeMs`. */
export function settledTranscripts(snapshot: StoreSnapshot, limits: AgeLimits): readonly StoreFile[] {
  return [...snapshot.files.values()].filter((file) => isSettled(file, limits));
}

function isSettled(file: StoreFile, { minAgeMs, now }: AgeLimits): boolean {
  const isTranscript = file.nameClass.kind === "transcript" && file.fact.kind === "file";
  return isTranscript && fileAgeMs(file, now) > minAgeMs;
}

/** Of these, the names that nothing references: what they are has to be read before a plan. */
export function orphanCandidates(snapshot: StoreSnapshot, limits: AgeLimits): readonly string[] {
  const names: string[] = [];
  for (const file of snapshot.files.values())
    if (!isReferenced(file.name, snapshot) && isSettled(file, limits)) names.push(file.name);
  return names;
}

/** Tells whether a row of this index, or anything else that is known, references a file. */
export function isReferenced(name: string, { references }: StoreSnapshot): boolean {
  return references.rowsByFile.has(name) || references.protectedElsewhere.has(name);
}
