import { type JsonObject, uuidOf } from "@sessionsmith/core";
import { readProvenance } from "./read-provenance.ts";
import type { Placing, SessionPlace } from "./session-place.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** The id for a session whose own can't be used, or another one in the place of some that are taken. */
export function spareIdOf({ source }: SurveyedSession, { name }: Placing, taken = 0): string {
  const place = [source.dialect, name, source.id];
  return uuidOf(taken === 0 ? place : [...place, taken]);
}

/**
 * Tells what stands in the store under an id that a session may get: nothing, this session, or a foreign one. The mark of a
 * migration tells it, in the transcript or in an archive of it; else the id itself, or the key under which it stands.
 */
export function stateInStore(
  session: SurveyedSession,
  sessionId: string,
  placing: Placing,
): SessionPlace["state"] | "foreign" {
  const { fs, target } = placing;
  const transcript = `${sessionId}.jsonl`;
  if (session.file === undefined) return "there";
  if (!leftTraces(sessionId, placing)) return "write";
  const { compacted = [], reset = [] } = placing.archives.get(transcript) ?? {};
  const isThere = target.names.has(transcript);
  const markOf = (name: string) => readProvenance(fs, target.store.realDir, name);
  const mark = isThere ? markOf(transcript) : undefined;
  const earlier = mark === undefined ? firstOf([...compacted, ...reset], markOf) : undefined;
  if (isOurs(mark ?? earlier, session, placing)) {
    if ((mark ?? earlier)?.["sha256"] !== session.file.sha256) return "changed";
    return earlier === undefined ? "there" : "moved-on";
  }
  const isMarked = mark !== undefined || earlier !== undefined;
  // An id that is made of the session's own place is nobody else's, unless a mark says so.
  if (sessionId !== session.source.id) return isMarked ? "foreign" : "moved-on";
  if (!isMarked && isOursByKey(session, { isThere, placing })) return "moved-on";
  return isThere ? "foreign" : "write";
}

/** True if a session of this id is in the store, or was and was reset: then its key stands for what it became. */
function leftTraces(sessionId: string, { target, archives }: Placing): boolean {
  const transcript = `${sessionId}.jsonl`;
  return target.names.has(transcript) || (archives.get(transcript)?.reset ?? []).length > 0;
}

function firstOf<T, R>(list: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOurs(
  mark: JsonObject | undefined,
  { source }: SurveyedSession,
  { name }: Pick<Placing, "name">,
): boolean {
  return mark?.["file"] === name && mark["sessionId"] === source.id;
}

/**
 * Where no mark can be read, the key tells: a session of this id under a key that this session would get is this session, unless
 * it was brought in under its spare id. After a reset the row has another id.
 */
function isOursByKey(
  session: SurveyedSession,
  { isThere, placing }: { readonly isThere: boolean; readonly placing: Placing },
): boolean {
  if (leftTraces(spareIdOf(session, placing), placing)) return false;
  return placing.rowsOfItsKeys().some((row) => !isThere || row.sessionId === session.source.id);
}
