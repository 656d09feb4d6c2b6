import { readEntryText } from "@sessionsmith/core";
import { keyTexts } from "../plan/head-facts.ts";
import { metadataOf } from "../plan/metadata-of.ts";
import type { SurveyedSession } from "../plan/surveyed-session.ts";
import { agentOfKey, type KeyRules, modernKey } from "./legacy-key.ts";
import { recogniseId } from "./recognise-id.ts";

/** By what a session has its key, the strongest claim first. */
export const keyOrigins = ["map", "metadata", "id", "legacy"] as const;

/** By what a session has its key. */
export type KeyOrigin = (typeof keyOrigins)[number];

/** The keys that a session asks for, all of the same strength. */
export interface WantedKeys {
  readonly origin: KeyOrigin;
  /** The agent whose store the session belongs in. */
  readonly agentId: string;
  /** Spelled as OpenClaw spells them; the first is the session's own, the others lead to it too. */
  readonly keys: readonly string[];
}

/**
 * Finds the keys of a session: those of `session_map.json` or an index, else what its metadata says, else what its id tells,
 * else `agent:<agent>:legacy:<id>`.
 */
export function wantedKeys(session: SurveyedSession, rules: KeyRules): WantedKeys {
  const agentId = agentOf(session) ?? rules.agentId;
  const own = { agentId, mainKey: rules.mainKey };
  for (const origin of keyOrigins) {
    const keys = claimOf[origin](session, agentId);
    const modern = [...new Set(keys.flatMap((key) => modernKey(key, own) ?? []))];
    const [first] = modern;
    if (first !== undefined) {
      const agent = agentOfKey(first, own);
      const isOfAgent = (key: string) => agentOfKey(key, own) === agent;
      return { origin, agentId: agent, keys: modern.every(isOfAgent) ? modern : modern.filter(isOfAgent) };
    }
  }
  return { origin: "legacy", agentId, keys: [] };
}

/** The keys by which each origin claims a session, as they stand there. */
const claimOf: Readonly<Record<KeyOrigin, (session: SurveyedSession, agentId: string) => readonly string[]>> =
  {
    map: ({ source }) => source.keys,
    metadata: metadataKeys,
    id: ({ source }, agentId) => [recogniseId(source.id, agentId) ?? ""],
    legacy: ({ source }, agentId) => [`agent:${agentId}:legacy:${source.id}`],
  };

function agentOf({ source, head }: SurveyedSession): string | undefined {
  return source.agentId ?? (head && readEntryText(head, "agentId"));
}

function metadataKeys(session: SurveyedSession): readonly string[] {
  const { head = {} } = session;
  const metadata = metadataOf(session);
  return keyTexts.flatMap((field) => [
    ...(readEntryText(metadata, field) ?? "").split("\n", 1),
    ...(readEntryText(head, field) ?? "").split("\n", 1),
  ]);
}
