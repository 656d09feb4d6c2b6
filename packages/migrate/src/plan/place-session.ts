import { classifyFileName, classifySessionId, finding } from "@sessionsmith/core";
import { placeCopy } from "./place-copy.ts";
import { leftFindings, type Placing, seenAs, type SessionPlace } from "./session-place.ts";
import { spareIdOf, stateInStore } from "./state-in-store.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/**
 * Finds the id and the transcript of a session: its own id if that can name a transcript and is free, else one that is made of
 * it; a further one if a session is named after that. What an earlier migration made of the same file is found again, also if it
 * was compacted, encrypted or reset since.
 */
export function placeSession(session: SurveyedSession, placing: Placing): SessionPlace {
  const { id, body, path } = session.source;
  if (body?.form === "openclaw") return placeCopy(session, placing);
  for (let spares = canNameTranscript(id) ? -1 : 0; ; spares += 1) {
    const sessionId = spares < 0 ? id : spareIdOf(session, placing, spares);
    const state = placing.isTaken(sessionId) ? "foreign" : stateInStore(session, sessionId, placing);
    if (state === "foreign") continue;
    const renamed = sessionId === id ? [] : [finding("legacy-id-changed", { path }, { id, sessionId })];
    const transcript = body === undefined ? undefined : `${sessionId}.jsonl`;
    const seen = seenAs(transcript, placing);
    const left = leftFindings(state, { path }, { id, sessionId });
    return { sessionId, transcript, state, seen, findings: [...renamed, ...left] };
  }
}

function canNameTranscript(id: string): boolean {
  const named = classifyFileName(`${id}.jsonl`);
  return classifySessionId(id) === "file-name" && named.kind === "transcript" && named.sessionId === id;
}
