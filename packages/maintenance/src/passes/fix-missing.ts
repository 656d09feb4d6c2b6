import { basename } from "node:path";
import { isManagedEntry, parseSessionKey, resolveSessionFile } from "@sessionsmith/core";
import type { RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { rowAgeMs } from "../row-age.ts";

/**
 * Mends rows whose `sessionFile` leads nowhere although `<sessionId>.jsonl` is there, and takes rows whose transcript is
 * missing or holds no message by the rule of OpenClaw 2026.5.28's `--fix-missing`. What could not be looked at stays, as does
 * what is in use, lies outside, or carries data of this product. Under `safe` every protection counts and the row must be older
 * than the minimum age; under `openclaw-2026.5` neither is looked at, not even an active key, as there.
 */
export const fixMissing: CleanupPass = (view) =>
  view.rows.filter(view.isOrdered).map((facts) => judge(facts, view));

function judge(facts: RowFacts, view: CleanupView): Verdict {
  const { key } = facts.row;
  const why = whyMissing(facts, view);
  if (why === undefined) return mend(facts, view) ?? { key, action: "keep", reasons: [whyKept(facts)] };
  const hold = holdOn(facts, view);
  return hold === undefined
    ? { key, action: "prune-missing", reasons: [why] }
    : { key, action: "keep", reasons: [why, hold] };
}

/** Undefined if there is a transcript that may hold a message, or if that is not known. */
function whyMissing({ row, transcript }: RowFacts, { facts }: CleanupView): string | undefined {
  const isUnnamed = row.sessionId === undefined || transcript.state === "unnamed";
  // OpenClaw leaves a row of an agent that names no session: it may hold settings of a session to come.
  if (isUnnamed && parseSessionKey(row.key).agentId !== undefined) return undefined;
  if (transcript.state === "unnamed") return "names-no-transcript";
  if (transcript.state === "missing") return "transcript-missing";
  const isEmpty = transcript.state === "present" && facts.messages.get(transcript.name) === "none";
  return isEmpty ? "transcript-without-message" : undefined;
}

function whyKept({ transcript }: RowFacts): string {
  switch (transcript.state) {
    case "unknown":
      return "transcript-unknown";
    case "outside":
      return "transcript-outside";
    case "present":
      return "has-transcript";
    case "missing":
    case "unnamed":
      return "names-no-transcript";
  }
}

function holdOn(facts: RowFacts, view: CleanupView): string | undefined {
  if (isManagedEntry(view.entryOf(facts))) return "protected:managed";
  if (view.policy.preset !== "safe") return view.useOf(facts);
  const protection = view.protectionOf(facts);
  if (protection !== undefined) return protection;
  const ageMs = rowAgeMs(facts.time, view.now) ?? 0;
  return ageMs < view.policy.minAgeMs ? "younger-than-minimum-age" : undefined;
}

/** Takes a `sessionFile` away that names nothing in the directory, if the transcript is where a row without one has it. */
function mend(facts: RowFacts, view: CleanupView): Verdict | undefined {
  if (!isPointerStale(facts, view.snapshot)) return undefined;
  const { key } = facts.row;
  const use = view.useOf(facts);
  if (use !== undefined) return { key, action: "keep", reasons: ["session-file-stale", use] };
  return { key, action: "keep", reasons: ["session-file-mended"], change: { cleared: ["sessionFile"] } };
}

function isPointerStale({ row, transcript }: RowFacts, { target, realDir }: StoreSnapshot): boolean {
  if (transcript.state !== "present" || transcript.name !== `${row.sessionId}.jsonl`) return false;
  if (row.sessionFile === undefined) return false;
  const indexName = basename(target.indexPath);
  const lead = resolveSessionFile(row.sessionFile, { sessionsDir: target.sessionsDir, realDir, indexName });
  return lead.kind === "inside" && lead.name !== transcript.name;
}
