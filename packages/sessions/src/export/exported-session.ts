import { join } from "node:path";
import { type Host, openStorePlace, type StorePlace, transcriptCandidates } from "@sessionsmith/core";
import type { SessionCandidate } from "../session-candidate.ts";
import type { SelectedSession } from "../session-selection.ts";

/** A session that is exported, and where its transcript is. */
export interface ExportedSession {
  readonly candidate: SessionCandidate;
  readonly session: SelectedSession;
  /** Undefined if the session has none in its sessions directory. */
  readonly transcript: ExportedTranscript | undefined;
}

/** A transcript that can be read. */
export interface ExportedTranscript {
  /** Name in the sessions directory. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Makes the function that finds the transcript of a row, as it is resolved everywhere: the first candidate that exists counts, and
 * one that lies outside the sessions directory, or is no regular file, is not read.
 */
export function transcriptFinder({
  fs,
}: Pick<Host, "fs">): (candidate: SessionCandidate) => ExportedTranscript | undefined {
  const places = new Map<string, StorePlace>();
  return ({ target, row }) => {
    const place = places.get(target.indexPath) ?? openStorePlace(fs, target);
    places.set(target.indexPath, place);
    for (const { name } of transcriptCandidates(row, place).inside) {
      const path = join(place.realDir, name);
      const fact = fs.lstat(path);
      if (fact !== undefined) return fact.kind === "file" ? { name, path, size: fact.size } : undefined;
    }
    return undefined;
  };
}
