import type { Finding, StoreSurvey } from "@sessionsmith/core";
import type { CheckFacts } from "./check-facts.ts";
import type { TranscriptFacts } from "./transcript-facts.ts";

/** What a store is checked by: read beforehand, so that checks are pure. */
export interface CheckInput {
  readonly survey: StoreSurvey;
  readonly transcripts: TranscriptFacts;
  /** Left out: keys, paths, permissions and what the index explains are not looked at. */
  readonly facts?: CheckFacts;
  /** Looks at every field of every row. */
  readonly deep: boolean;
  /** Epoch ms that ages are judged by. */
  readonly now: number;
}

/** Looks at one domain of a store and says what is odd about it. Pure; throws for nothing that a store holds. */
export type StoreCheck = (input: CheckInput) => readonly Finding[];
