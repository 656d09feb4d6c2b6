import { join } from "node:path";
import {
  type ReadFs,
  readTranscriptHealth,
  selectNewest,
  type StoreFile,
  type StoreSurvey,
  type TranscriptHealth,
} from "@sessionsmith/core";

/** Transcripts that are looked at unless all are asked for: those that were written last, where an interrupted write would be. */
const shallowLimit = 2000;

/** What was seen of the transcripts of a store. */
export interface TranscriptFacts {
  /** By name. */
  readonly healths: ReadonlyMap<string, TranscriptHealth>;
  /** How many transcripts there are. */
  readonly total: number;
}

/** How transcripts are looked at. */
export interface TranscriptLook {
  readonly deep: boolean;
  /** Told after each file how many bytes of all were looked at. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Looks at the structure of the transcripts in the directory of a store: with `deep` at every line of all, else at both ends of the
 * 2,000 that were written last, and at all of one whose ends do not look sound. One that is gone meanwhile is left out.
 */
export function readTranscriptFacts(
  fs: ReadFs,
  { realDir, files }: Pick<StoreSurvey, "files" | "realDir">,
  { deep, onProgress }: TranscriptLook,
): TranscriptFacts {
  const transcripts = [...files.values()].filter(
    ({ nameClass, fact }) => nameClass.kind === "transcript" && fact.kind === "file",
  );
  const looked = deep || transcripts.length <= shallowLimit ? transcripts : newest(transcripts);
  const total = looked.reduce((sum, { fact }) => sum + fact.size, 0);
  const healths = new Map<string, TranscriptHealth>();
  let done = 0;
  for (const { name, fact } of looked) {
    const health = readTranscriptHealth(fs, join(realDir, name), deep);
    if (health !== undefined) healths.set(name, health);
    done += fact.size;
    onProgress?.({ done, total });
  }
  return { healths, total: transcripts.length };
}

function newest(transcripts: readonly StoreFile[]): readonly StoreFile[] {
  return selectNewest(transcripts, shallowLimit, ({ fact: a }, { fact: b }) =>
    a.mtimeNs === b.mtimeNs ? 0 : a.mtimeNs > b.mtimeNs ? -1 : 1,
  );
}
