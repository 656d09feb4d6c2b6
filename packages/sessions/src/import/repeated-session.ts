import { createHash } from "node:crypto";
import type { ImportedSession, ImportedTranscript } from "./imported-session.ts";

/**
 * Tells whether two rows of an export are of one session. The id alone does not say so: sessions of two agents, or two states of a
 * conversation, may have the same one.
 */
export function sharesSession(session: ImportedSession, before: ImportedSession): boolean {
  return session.agentId === before.agentId && isSameTranscript(session.transcript, before.transcript);
}

/** Tells whether a session is one that goes before in the export: the same row, and a conversation that may have gone on there. */
export function isRepeated(session: ImportedSession, before: ImportedSession): boolean {
  return (
    session.key === before.key &&
    session.agentId === before.agentId &&
    (isSameTranscript(session.transcript, before.transcript) ||
      (session.transcript !== undefined &&
        before.transcript !== undefined &&
        goesOn(before.transcript, session.transcript)))
  );
}

function isSameTranscript(
  one: ImportedTranscript | undefined,
  other: ImportedTranscript | undefined,
): boolean {
  return (
    one?.name === other?.name &&
    one?.size === other?.size &&
    one?.sha256 === other?.sha256 &&
    one?.unterminated === other?.unterminated
  );
}

/** True if the longer one begins with all the lines of the other. */
function goesOn(longer: ImportedTranscript, { size, sha256 }: ImportedTranscript): boolean {
  if (longer.size <= size) return false;
  const hash = createHash("sha256");
  let hashed = 0;
  for (const line of longer.lines()) {
    if (hashed >= size) break;
    hash.update(line).update("\n");
    hashed += line.length + 1;
  }
  return hashed === size && hash.digest("hex") === sha256;
}
