import type { KeyOrigin } from "../keys/wanted-keys.ts";
import type { MigratedSession } from "../migrated-session.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** Where a session is, or will be. */
export interface OutcomePlace {
  readonly outcome: "migrate" | "there";
  readonly agentId: string;
  readonly storePath: string;
  readonly sessionId: string;
  readonly keys: readonly string[];
  readonly keyOrigin: KeyOrigin;
  readonly transcript: string | undefined;
}

/** What a report says of a session that is brought in, or is there already. */
export function placedOutcome(
  { source, messages, times }: SurveyedSession,
  { outcome, agentId, storePath, sessionId, keys, keyOrigin, transcript }: OutcomePlace,
): MigratedSession {
  return {
    path: source.path,
    dialect: source.dialect,
    legacyId: source.id,
    outcome,
    agentId,
    storePath,
    sessionId,
    keys,
    keyOrigin,
    transcript,
    messages,
    updatedAt: times.updatedAt,
    updatedFrom: times.updatedFrom,
  };
}

/** What a report says of a session that stays where it is. */
export function unplacedOutcome(
  { source, messages, times }: SurveyedSession,
  outcome: "left" | "duplicate",
): MigratedSession {
  return {
    path: source.path,
    dialect: source.dialect,
    legacyId: source.id,
    outcome,
    agentId: undefined,
    storePath: undefined,
    sessionId: undefined,
    keys: [],
    keyOrigin: undefined,
    transcript: undefined,
    messages,
    updatedAt: times.updatedAt,
    updatedFrom: times.updatedFrom,
  };
}
