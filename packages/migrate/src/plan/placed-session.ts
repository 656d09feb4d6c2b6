import type { Finding } from "@sessionsmith/core";
import type { WantedKeys } from "../keys/wanted-keys.ts";
import type { SessionPlace } from "./place-session.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** A session with all that is decided on it. */
export interface PlacedSession {
  readonly session: SurveyedSession;
  /** The path of its file relative to what is migrated. */
  readonly name: string;
  readonly wanted: WantedKeys;
  readonly place: SessionPlace;
  /** The keys of its rows, its own first; those that it has in the store already, if it has any. */
  readonly keys: readonly string[];
  /** True if rows with these keys have to be added. */
  readonly addsRows: boolean;
  readonly findings: readonly Finding[];
}

/** True if something has to be written for the session. */
export function isPending({ place, addsRows }: PlacedSession): boolean {
  return place.state !== "changed" && (place.state === "write" || addsRows);
}
