import type { JsonObject } from "@sessionsmith/core";

/** The words that mark the format (OpenClaw 2026.5.28 trajectory format). */
export const traceMarks = { traceSchema: "openclaw-trajectory", schemaVersion: 1 } as const;

/** An event of a bundle, and what it is sorted by. */
export interface TrajectoryEvent {
  readonly source: "runtime" | "transcript";
  /** ISO 8601 in UTC. */
  readonly ts: string;
  /** Its place in its source. */
  readonly sourceSeq: number;
  /** The event as it is written, but for `seq`. */
  readonly fields: JsonObject;
}

/** Puts the events of both sources in one order, by time and then by source, and numbers them from 1. */
export function inOrder(events: readonly TrajectoryEvent[]): readonly JsonObject[] {
  return events
    .toSorted((a, b) => compare(a.ts, b.ts) || compare(a.source, b.source) || a.sourceSeq - b.sourceSeq)
    .map(({ fields }, n) => ({ ...fields, seq: n + 1 }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
