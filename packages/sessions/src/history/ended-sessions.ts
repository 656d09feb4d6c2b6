import type { JsonObject, SessionKind } from "@sessionsmith/core";
import { readEntryFlag, readEntryNumber, readEntryText, sessionKinds } from "@sessionsmith/core";
import type { LedgerRecord } from "@sessionsmith/core/engine";

/** A session that ended: one generation of a key. Undefined means that its row did not say it. */
export interface EndedSession {
  readonly key: string;
  readonly sessionId: string | undefined;
  readonly agentId: string;
  readonly kind: SessionKind;
  /** Why it ended: the action of the cleanup, `reset` or `delete`. */
  readonly reason: string;
  /** Epoch ms. */
  readonly startedAt: number | undefined;
  readonly updatedAt: number | undefined;
  /** When it ended first. */
  readonly endedAt: number;
  /** When it was taken back, if it was. */
  readonly restoredAt: number | undefined;
  readonly label: string | undefined;
  readonly model: string | undefined;
  readonly modelProvider: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  /** Undefined too if it was known to be out of date. */
  readonly totalTokens: number | undefined;
  readonly contextTokens: number | undefined;
  readonly compactionCount: number | undefined;
  readonly estimatedCostUsd: number | undefined;
  /** The operation that ended it, for `undo`. */
  readonly operationId: string;
}

/** An end, and when it was taken back. */
interface End {
  readonly record: LedgerRecord;
  restoredAt: number | undefined;
}

/** What an operation did to an end, so that it can be taken back itself. */
interface Turn {
  readonly end: End;
  /** `restoredAt` before it. */
  readonly before: number | undefined;
}

/**
 * Reads the ended sessions out of the records of a ledger, in the order in which they ended. A session that ended again without
 * having been brought back keeps its first end; an operation that was rolled back ended nothing.
 */
export function endedSessions(records: readonly LedgerRecord[]): readonly EndedSession[] {
  const rolledBack = new Set(
    records.filter((one) => isRestored(one) && one["undoes"] === undefined).map((one) => one.operation),
  );
  const ends: End[] = [];
  const latest = new Map<string, End>();
  const turns = new Map<string, Turn>();
  for (const record of records) {
    if (rolledBack.has(record.operation)) continue;
    if (record["type"] === "ended") addEnd(record);
    else if (isRestored(record)) restore(record);
  }
  return ends.flatMap(endedSession);

  function addEnd(record: LedgerRecord): void {
    const generation = idOf(readEntryText(record, "sessionId"), record);
    const known = latest.get(generation);
    if (known !== undefined && known.restoredAt === undefined) return;
    const end = { record, restoredAt: undefined };
    ends.push(end);
    latest.set(generation, end);
    turns.set(idOf(record.operation, record), { end, before: undefined });
  }

  function restore(record: LedgerRecord): void {
    const turn = turns.get(idOf(readEntryText(record, "undoes"), record));
    if (turn === undefined) return;
    const { end } = turn;
    const now = end.restoredAt;
    const isEnd = end.record.operation === record["undoes"];
    end.restoredAt = isEnd ? record.at : turn.before;
    turns.set(idOf(record.operation, record), { end, before: now });
  }
}

function isRestored(record: LedgerRecord): boolean {
  return record["type"] === "restored";
}

function idOf(name: string | undefined, record: LedgerRecord): string {
  return JSON.stringify([name ?? null, record["key"] ?? null]);
}

/** A record without a key is none of ours. */
function endedSession({ record, restoredAt }: End): readonly EndedSession[] {
  const key = readEntryText(record, "key");
  if (key === undefined) return [];
  const isFresh = readEntryFlag(record, "totalTokensFresh") !== false;
  return [
    {
      key,
      sessionId: readEntryText(record, "sessionId"),
      agentId: readEntryText(record, "agentId") ?? "",
      kind: sessionKinds.find((kind) => kind === record["kind"]) ?? "unknown",
      reason: readEntryText(record, "reason") ?? "unknown",
      startedAt: readEntryNumber(record, "startedAt"),
      updatedAt: readEntryNumber(record, "updatedAt"),
      endedAt: record.at,
      restoredAt,
      label: readEntryText(record, "label"),
      model: readEntryText(record, "model"),
      modelProvider: readEntryText(record, "modelProvider"),
      ...countsOf(record, isFresh),
      operationId: record.operation,
    },
  ];
}

function countsOf(record: JsonObject, isFresh: boolean) {
  const count = (field: string): number | undefined => readEntryNumber(record, field);
  return {
    inputTokens: count("inputTokens"),
    outputTokens: count("outputTokens"),
    cacheRead: count("cacheRead"),
    cacheWrite: count("cacheWrite"),
    totalTokens: isFresh ? count("totalTokens") : undefined,
    contextTokens: count("contextTokens"),
    compactionCount: count("compactionCount"),
    estimatedCostUsd: count("estimatedCostUsd"),
  };
}
