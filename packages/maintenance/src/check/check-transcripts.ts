import { join } from "node:path";
import { type Finding, finding, type StoreSurvey, type TranscriptHealth } from "@sessionsmith/core";
import type { CheckInput } from "./check-input.ts";

/** Troubles that a file may have for a moment while somebody writes to it. */
const momentary: ReadonlySet<string> = new Set([
  "transcript-torn-tail",
  "transcript-unterminated",
  "transcript-call-unanswered",
]);

/**
 * Says what is wrong with the structure of the transcripts: one finding for each kind of trouble in a file. A file that no row
 * references and that holds nothing of OpenClaw's is some other program's.
 */
export function checkTranscripts({ survey, transcripts }: CheckInput): readonly Finding[] {
  return [...transcripts.healths].flatMap(([name, health]) => checkTranscript(survey, name, health));
}

function checkTranscript(
  { realDir, snapshot, heldLocks }: StoreSurvey,
  name: string,
  health: TranscriptHealth,
): readonly Finding[] {
  const path = join(realDir, name);
  if (health.state === "unreadable")
    return [finding("transcript-unreadable", { path }, { errno: health.errno ?? null })];
  const isReferenced = snapshot?.references.rowsByFile.has(name) === true;
  if (!isReferenced && !health.isTranscript) return [];
  const isInUse = heldLocks.has(`${name}.lock`);
  return health.troubles
    .filter(({ id }) => !isInUse || !momentary.has(id))
    .map(({ id, line, offset, count, lines }) =>
      finding(id, { path, line, offset }, count === 1 ? undefined : { count, lines }),
    );
}
