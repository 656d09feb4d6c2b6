import { entryLabel, type JsonObject, parseRow, StoreError } from "@sessionsmith/core";
import type { FoundSession } from "./find-sessions.ts";

/** Candidates that an error lists at most. */
const mostListed = 20;

/**
 * The only row that a word means.
 * @param found what `findSessions` found for it
 * @throws StoreError E_NOT_FOUND if there is none; E_USAGE if there are several: `details.candidates` lists them
 */
export function requireOneSession(text: string, found: readonly FoundSession[]): FoundSession {
  const [only, second] = found;
  if (only === undefined) throw sessionNotFound(text);
  if (second === undefined) return only;
  throw ambiguous(text, found);
}

/** The error for a word that means no session. */
export function sessionNotFound(text: string): StoreError {
  return new StoreError("E_NOT_FOUND", `There is no session ${JSON.stringify(text)}. Nothing was changed.`, {
    hint: "Give a key, a session id, a label or a glob that `sessionsmith list` shows; --all-agents looks in every store.",
    details: { session: text },
  });
}

function ambiguous(text: string, found: readonly FoundSession[]): StoreError {
  const candidates = found.map(candidateOf);
  const listed = found.slice(0, mostListed).map(({ row, target }) => `${row.key} (${target.agentId})`);
  const rest = found.length > mostListed ? `, and ${found.length - mostListed} more` : "";
  return new StoreError(
    "E_USAGE",
    `${JSON.stringify(text)} means ${found.length} sessions: ${listed.join(", ")}${rest}. Nothing was changed.`,
    { hint: "Give the whole key of one of them.", details: { session: text, candidates } },
  );
}

/** What a caller needs to choose a row: never more than its names. */
function candidateOf({ target, document, row, by }: FoundSession): JsonObject {
  const entry = parseRow(document, row) ?? {};
  return {
    key: row.key,
    agentId: target.agentId,
    path: target.indexPath,
    sessionId: row.sessionId ?? null,
    label: entryLabel(entry) ?? null,
    by,
  };
}
