import type { Finding } from "@sessionsmith/core";
import type { ContentSurvey } from "../content/survey-content.ts";
import type { LegacySource } from "../legacy-source.ts";

/** A legacy session after it was read once; it holds no conversation text. */
export interface SurveyedSession {
  readonly source: LegacySource;
  /** The file with its messages as it was read; undefined for a session without one. */
  readonly file: { readonly size: number; readonly sha256: string } | undefined;
  /** Of its head only what a plan needs. */
  readonly survey: ContentSurvey;
  readonly times: SessionTimes;
  readonly findings: readonly Finding[];
  /** True if nothing can be migrated: the file is left where it is, and `findings` says why. */
  readonly unreadable: boolean;
}

/** When a session began and was used last, in epoch ms. */
export interface SessionTimes {
  readonly startedAt: number;
  readonly updatedAt: number;
  /** Where `updatedAt` comes from: the store says so, or it was guessed. */
  readonly updatedFrom: "store" | "message" | "mtime";
}
