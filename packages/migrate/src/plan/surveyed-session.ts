import type { Finding, JsonObject, SourceFile } from "@sessionsmith/core";
import type { LegacySource } from "../legacy-source.ts";

/** A legacy session after it was read once, with no more of it than a plan needs: there are as many as sessions. No conversation text. */
export interface SurveyedSession {
  readonly source: LegacySource;
  /** The file with its messages as it was read; undefined for a session without one. */
  readonly file: SourceFile | undefined;
  /** What the file says of its session, as far as a plan needs it; undefined if it says nothing. */
  readonly head: JsonObject | undefined;
  readonly messages: number;
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
