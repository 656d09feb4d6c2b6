import { guardFormula } from "../guard-formula.ts";
import type { EndedSession } from "./ended-sessions.ts";

/** A column of a history as CSV. */
export interface HistoryCsvColumn {
  /** The key of {@link EndedSession} that it shows; also its heading. */
  readonly name: keyof EndedSession;
  /** The cell, safe to open in a spreadsheet; empty if it is not known. */
  cell(session: EndedSession): string;
}

const times = [
  "startedAt",
  "updatedAt",
  "endedAt",
  "restoredAt",
] as const satisfies readonly (keyof EndedSession)[];

/** The columns of a history as CSV, in order. Times are ISO 8601 in UTC. */
export const historyCsvColumns: readonly HistoryCsvColumn[] = (
  [
    "key",
    "sessionId",
    "agentId",
    "kind",
    "reason",
    "startedAt",
    "updatedAt",
    "endedAt",
    "restoredAt",
    "label",
    "model",
    "modelProvider",
    "inputTokens",
    "outputTokens",
    "cacheRead",
    "cacheWrite",
    "totalTokens",
    "contextTokens",
    "compactionCount",
    "estimatedCostUsd",
    "operationId",
  ] as const
).map((name) => ({ name, cell: (session) => cellOf(session, name) }));

function cellOf(session: EndedSession, name: keyof EndedSession): string {
  const time = times.find((one) => one === name);
  const value = session[name];
  if (value === undefined) return "";
  if (time !== undefined && typeof value === "number") return isoOrNothing(value);
  return typeof value === "string" ? guardFormula(value) : String(value);
}

function isoOrNothing(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
