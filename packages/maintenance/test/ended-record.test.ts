import type { RowDecision } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { recordEnded } from "../src/ended-record.ts";
import { aSnapshot, dayMs, now, rowAged } from "./snapshot-builder.ts";

const rows = {
  "agent:work:telegram:direct:1": rowAged(60, {
    sessionId: "s1",
    sessionStartedAt: now - 70 * dayMs,
    inputTokens: 1,
    outputTokens: 2,
    cacheRead: 4,
    cacheWrite: 5,
    totalTokens: 3,
    totalTokensFresh: false,
    contextTokens: 200_000,
    compactionCount: 6,
    estimatedCostUsd: 0.25,
    label: "Ann",
    model: "gpt-5",
    modelProvider: "openai",
    lastTo: "+15550001",
    summary: "what was said",
  }),
  "cron:x": { updatedAt: "2026-01-01T00:00:00Z", startedAt: now / 1000 },
  "agent:main:main": rowAged(1),
};

function decide(key: string, action: RowDecision["action"]): RowDecision {
  return { key, sessionId: undefined, action, reasons: ["x"], ageMs: null };
}

describe("recordEnded", () => {
  test("one line a row that leaves, with what the row says of itself and nothing else", () => {
    const decisions = [
      decide("agent:work:telegram:direct:1", "prune-stale"),
      decide("cron:x", "cap-overflow"),
      decide("agent:main:main", "keep"),
    ];
    expect(recordEnded(aSnapshot({ rows }), decisions)).toEqual([
      {
        kind: "append-record",
        phase: "create",
        records: [
          {
            type: "ended",
            key: "agent:work:telegram:direct:1",
            sessionId: "s1",
            agentId: "work",
            kind: "direct",
            reason: "prune-stale",
            startedAt: now - 70 * dayMs,
            updatedAt: now - 60 * dayMs,
            inputTokens: 1,
            outputTokens: 2,
            cacheRead: 4,
            cacheWrite: 5,
            totalTokens: 3,
            totalTokensFresh: false,
            contextTokens: 200_000,
            compactionCount: 6,
            estimatedCostUsd: 0.25,
            label: "Ann",
            model: "gpt-5",
            modelProvider: "openai",
          },
          {
            type: "ended",
            key: "cron:x",
            agentId: "main",
            kind: "cron",
            reason: "cap-overflow",
            startedAt: now,
            updatedAt: Date.UTC(2026, 0, 1),
          },
        ],
      },
    ]);
  });

  test("nothing leaves, nothing is written", () => {
    expect(recordEnded(aSnapshot({ rows }), [decide("agent:main:main", "keep")])).toEqual([]);
  });
});
