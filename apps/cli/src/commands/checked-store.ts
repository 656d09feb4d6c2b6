import type { Finding, StoreSurvey } from "@sessionsmith/core";
import type { StorePicture, TranscriptFacts } from "@sessionsmith/maintenance";

/** A store that was checked. */
export interface CheckedStore {
  readonly survey: StoreSurvey;
  readonly transcripts: TranscriptFacts;
  readonly findings: readonly Finding[];
  readonly picture: StorePicture;
}
