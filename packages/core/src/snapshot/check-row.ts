import { finding, type Finding } from "../findings/finding.ts";
import { isManagedEntry } from "../model/lease.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { parseLeanRow } from "../session-index/parse-row.ts";
import type { RowFacts } from "./row-facts.ts";
import type { TranscriptCandidates } from "./transcript-candidates.ts";

const dayMs = 24 * 60 * 60_000;

/** What rows are checked by, beside themselves. */
export interface RowCheckContext {
  readonly document: IndexDocument;
  /** Absolute path of the index. */
  readonly indexPath: string;
  /** Epoch ms that rows are judged by. */
  readonly nowMs: number;
}

interface RowCheck extends RowCheckContext {
  readonly facts: RowFacts;
  readonly candidates: TranscriptCandidates;
}

const nothing: readonly Finding[] = [];

/** Reports what is odd about the transcript and the time of a row. */
export function checkRow(
  facts: RowFacts,
  candidates: TranscriptCandidates,
  context: RowCheckContext,
): readonly Finding[] {
  if (isPlain(facts, candidates, context.nowMs)) return nothing;
  const check: RowCheck = { facts, candidates, ...context };
  return [...checkSessionFile(check), ...checkTranscript(check), ...checkTime(check)];
}

/** True for nearly every row, and told without making anything. */
function isPlain(facts: RowFacts, candidates: TranscriptCandidates, nowMs: number): boolean {
  const { transcript } = facts;
  const isHere = transcript.state === "present" && !transcript.relocated;
  return isHere && candidates.unsafe === undefined && !isFuture(facts, nowMs);
}

function checkSessionFile({ facts, candidates, indexPath }: RowCheck): readonly Finding[] {
  if (candidates.unsafe === undefined) return [];
  const { key, sessionFile = null } = facts.row;
  const place = { path: indexPath, key, field: "sessionFile" };
  return [finding("session-file-unsafe", place, { sessionFile, reason: candidates.unsafe })];
}

function checkTranscript({ facts, document, indexPath }: RowCheck): readonly Finding[] {
  const { row, transcript } = facts;
  const { sessionFile = null } = row;
  const place = { path: indexPath, key: row.key };
  const field = { ...place, field: "sessionFile" };
  if (transcript.state === "present") {
    if (!transcript.relocated) return [];
    return [finding("session-file-relocated", field, { sessionFile, name: transcript.name })];
  }
  if (transcript.state === "outside") {
    return [finding("session-file-outside", field, { sessionFile: transcript.path })];
  }
  if (transcript.state === "missing") {
    // A row that carries data of our own is whole without one.
    const entry = parseLeanRow(document, row);
    if (entry !== undefined && isManagedEntry(entry)) return [];
    return [finding("transcript-missing", place, { candidates: transcript.candidates })];
  }
  if (transcript.state === "unnamed") return [];
  const { path, errno = null } = transcript;
  return [finding("transcript-unknown", place, { candidate: path, errno })];
}

function checkTime({ facts, indexPath, nowMs }: RowCheck): readonly Finding[] {
  const { row, time } = facts;
  if (!time.known || !isFuture(facts, nowMs)) return [];
  const place = { path: indexPath, key: row.key, field: "updatedAt" };
  return [finding("updated-at-future", place, { aheadMs: time.atMs - nowMs })];
}

function isFuture({ time }: RowFacts, nowMs: number): boolean {
  return time.known && time.atMs > nowMs + dayMs;
}
