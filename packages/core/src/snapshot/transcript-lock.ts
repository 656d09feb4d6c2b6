import type { ProcessTable } from "../disk/process-table.ts";
import type { JsonValue } from "../json-value.ts";
import { parseRecord } from "../transcripts/parse-record.ts";

/** The content of `<transcript>.jsonl.lock` (OpenClaw 2026.5.28 store format). */
export interface TranscriptLock {
  readonly pid: number;
  /** Start of the holder in clock ticks since boot; only Linux has it. */
  readonly startTicks: number | undefined;
  /** ISO 8601, as written. */
  readonly createdAt: string | undefined;
  readonly maxHoldMs: number | undefined;
}

/** Whether somebody holds a lock, and what that was told by. */
export type LockJudgement =
  | { readonly held: true; readonly why: "holder-alive" | "holder-unknown" | "young" }
  | { readonly held: false; readonly why: "holder-dead" | "holder-replaced" | "no-holder" };

/** Younger than this, a lock file that names no holder may still be being written. */
export const youngLockMs = 5 * 60_000;

/** Reads the content of a lock file; undefined if it names no process. */
export function parseTranscriptLock(content: Uint8Array): TranscriptLock | undefined {
  const parsed = parseRecord(content);
  if (!parsed.ok) return undefined;
  const { record } = parsed;
  const pid = wholeNumber(record["pid"]);
  if (pid === undefined || pid === 0) return undefined;
  const createdAt = record["createdAt"];
  return {
    pid,
    startTicks: wholeNumber(record["starttime"]),
    createdAt: typeof createdAt === "string" ? createdAt : undefined,
    maxHoldMs: wholeNumber(record["maxHoldMs"]),
  };
}

/**
 * Tells whether the holder still lives: its process is there, and it is not another one that got the same number later.
 * What the system does not tell counts as held. A lock without a holder is held while it is young.
 *
 * @param ageMs real time since the lock file was last written
 */
export function judgeTranscriptLock(
  lock: TranscriptLock | undefined,
  ageMs: number,
  processes: ProcessTable,
): LockJudgement {
  if (lock === undefined)
    return ageMs < youngLockMs ? { held: true, why: "young" } : { held: false, why: "no-holder" };
  const state = processes.state(lock.pid);
  if (state === "dead") return { held: false, why: "holder-dead" };
  if (state === "unknown") return { held: true, why: "holder-unknown" };
  const startTicks = processes.startTicks(lock.pid);
  const replaced =
    lock.startTicks !== undefined && startTicks !== undefined && lock.startTicks !== startTicks;
  return replaced ? { held: false, why: "holder-replaced" } : { held: true, why: "holder-alive" };
}

function wholeNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
