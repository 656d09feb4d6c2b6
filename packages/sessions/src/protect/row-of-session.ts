import type { JsonObject, JsonValue } from "@sessionsmith/core";
import type { LoadedSessions, SessionStore, StoredEntry } from "@sessionsmith/core/store";
import { readSealFacts } from "../encryption/seal.ts";
import { extensionsWithSeal, readRowSeal } from "../encryption/row-seal.ts";
import type { PendingSeal, ProtectedTranscripts } from "./protection.ts";

/** What the row of a session vouches for; undefined if there is no row, or nothing in it. */
export async function sealOfSession(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  sessionId: string,
): Promise<JsonValue | undefined> {
  const known = transcripts.keys.get(sessionId);
  const entry = known === undefined ? undefined : await store.get(known);
  if (entry?.["sessionId"] === sessionId) return sealIn(entry);
  const sessions = await store.load();
  const key = keyOfSession(sessions, transcripts, sessionId);
  const found = key === undefined ? undefined : sessions.get(key);
  return found && sealIn(found);
}

/** The key of the row that has this session id: the newest rows are looked at first. */
function keyOfSession(
  sessions: LoadedSessions,
  { keys }: ProtectedTranscripts,
  sessionId: string,
): string | undefined {
  const known = keys.get(sessionId);
  if (known !== undefined && isSession(sessions, known, sessionId)) return known;
  const key = [...sessions.keys()].toReversed().find((one) => isSession(sessions, one, sessionId));
  if (key === undefined) keys.delete(sessionId);
  else keys.set(sessionId, key);
  return key;
}

function isSession(sessions: LoadedSessions, key: string, sessionId: string): boolean {
  return !sessions.notUnderstood.has(key) && sessions.get(key)?.["sessionId"] === sessionId;
}

/** Writes what is pending into the rows; a row that vouches for more already stays as it is, and a session without one is over. */
export function stampSeals(sessions: LoadedSessions, transcripts: ProtectedTranscripts): void {
  for (const [sessionId, seal] of transcripts.pending) {
    const key = keyOfSession(sessions, transcripts, sessionId);
    const entry = key === undefined ? undefined : sessions.get(key);
    if (key !== undefined && entry !== undefined) sessions.set(key, sealed(entry, seal));
  }
}

function sealed(entry: StoredEntry, { codec, end, begins }: PendingSeal): StoredEntry {
  const present = sealIn(entry);
  const facts = present === undefined ? undefined : readSealFacts(present);
  const next = codec.seal(end, facts?.header ?? undefined);
  const isSame =
    next !== undefined && facts !== undefined && JSON.stringify(next["key"]) === JSON.stringify(facts.key);
  if (isSame ? facts.count >= end.count : !begins) return entry;
  return withSeal(entry, isSame ? next : codec.seal(end, undefined));
}

function sealIn(entry: StoredEntry): JsonValue | undefined {
  return readRowSeal(jsonOf(entry));
}

/** A row with another seal, or none. */
export function withSeal(entry: StoredEntry, seal: JsonObject | undefined): StoredEntry {
  const { pluginExtensions: _former, ...rest } = entry;
  const extensions = extensionsWithSeal(jsonOf(entry), seal);
  if (extensions === undefined) return rest;
  const pluginExtensions: StoredEntry = JSON.parse(JSON.stringify(extensions));
  return { ...entry, pluginExtensions };
}

function jsonOf(entry: StoredEntry): JsonObject {
  return JSON.parse(JSON.stringify(entry));
}
