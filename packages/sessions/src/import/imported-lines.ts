import type { ImportedSession } from "./imported-session.ts";
import { renamedHeader } from "./stored-line-text.ts";

/** The lines of a transcript as they are brought in, without their line feeds: its header names the session by the id that it gets. */
export function* importedLines(
  { sessionId: formerId, transcript }: ImportedSession,
  sessionId: string,
): Generator<Buffer, void> {
  let isFirst = formerId !== sessionId;
  for (const line of transcript?.lines() ?? []) {
    yield isFirst ? renamedHeader(line, sessionId) : line;
    isFirst = false;
  }
}
