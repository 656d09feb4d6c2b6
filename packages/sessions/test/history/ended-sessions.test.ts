import type { LedgerRecord } from "@sessionsmith/core/engine";
import { describe, expect, test } from "vitest";
import { endedSessions } from "../../src/history/ended-sessions.ts";

let at = 0;
const ended = (operation: string, key: string, sessionId = "s", more: object = {}): LedgerRecord => ({
  type: "ended",
  operation,
  at: (at += 1),
  key,
  sessionId,
  agentId: "main",
  kind: "direct",
  reason: "delete",
  ...more,
});
const restored = (operation: string, key: string, undoes: string): LedgerRecord => ({
  type: "restored",
  operation,
  at: (at += 1),
  key,
  undoes,
});
const rolledBack = (operation: string): LedgerRecord => ({ type: "restored", operation, at: (at += 1) });

function told(...records: readonly LedgerRecord[]) {
  return endedSessions(records).map(({ key, sessionId, operationId, restoredAt }) => [
    key,
    sessionId,
    operationId,
    restoredAt === undefined ? "ended" : "restored",
  ]);
}

describe("endedSessions", () => {
  test("all generations of a key", () => {
    expect(told(ended("1", "k", "a"), ended("2", "k", "b"))).toEqual([
      ["k", "a", "1", "ended"],
      ["k", "b", "2", "ended"],
    ]);
  });

  test("a session that ends again keeps its first end, unless it was brought back", () => {
    expect(told(ended("1", "k"), ended("2", "k"))).toEqual([["k", "s", "1", "ended"]]);
    expect(told(ended("1", "k"), restored("2", "k", "1"), ended("3", "k"))).toEqual([
      ["k", "s", "1", "restored"],
      ["k", "s", "3", "ended"],
    ]);
  });

  test("what was rolled back never ended", () => {
    expect(told(ended("1", "k"), rolledBack("1"), ended("2", "k"))).toEqual([["k", "s", "2", "ended"]]);
  });

  test("an undo that is undone ends the session again, at its first end", () => {
    const first = ended("1", "k");
    const records = [first, restored("2", "k", "1"), restored("3", "k", "2")];
    expect(told(...records)).toEqual([["k", "s", "1", "ended"]]);
    expect(endedSessions(records)[0]?.endedAt).toBe(first.at);
    expect(told(...records, restored("4", "k", "3"))).toEqual([["k", "s", "1", "restored"]]);
  });

  test("only the key that was brought back is", () => {
    expect(told(ended("1", "k"), ended("1", "l", "t"), restored("2", "l", "1"))).toEqual([
      ["k", "s", "1", "ended"],
      ["l", "t", "1", "restored"],
    ]);
  });

  test("odd records are passed over, and odd fields are unknown", () => {
    const odd = { operation: "9", at: 9 };
    const [one, ...others] = endedSessions([
      { ...odd, type: "ended" },
      { ...odd, type: "usage", key: "k" },
      restored("8", "k", "7"),
      ended("1", "k", "s", { kind: "?", totalTokens: 5, totalTokensFresh: false, label: 7 }),
    ]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: "unknown", totalTokens: undefined, label: undefined });
  });

  test("many sessions of one operation take no more than their share of time", () => {
    const many = Array.from({ length: 20_000 }, (_, n) => ended("1", `k${n}`, `s${n}`));
    const back = many.map((_, n) => restored("2", `k${n}`, "1"));
    expect(endedSessions([...many, ...back]).every((one) => one.restoredAt !== undefined)).toBe(true);
  });
});
