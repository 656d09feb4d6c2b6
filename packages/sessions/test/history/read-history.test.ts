import { describe, expect, test } from "vitest";
import { deleteSessions } from "../../src/delete/delete-sessions.ts";
import { historyCsvColumns } from "../../src/history/history-csv-columns.ts";
import type { HistoryQuery } from "../../src/history/history-query.ts";
import { readHistory } from "../../src/history/read-history.ts";
import { resetSession } from "../../src/reset/reset-session.ts";
import { diskWith, scopeOn, targetOf, undone } from "../change/changed-store.ts";

const key = "agent:main:telegram:direct:5";
const all: HistoryQuery = { now: 0, allAgents: false, limit: "all", offset: 0 };

async function usedStore() {
  const row = {
    sessionId: "s1",
    updatedAt: 1_790_000_000_000,
    label: "=Ann",
    totalTokens: 7,
    estimatedCostUsd: 0.5,
  };
  const fs = diskWith({ rows: { [key]: row, "agent:main:cron:a": { sessionId: "s2", updatedAt: 1 } } });
  const { answer: reset } = await resetSession(scopeOn(fs), { key });
  const { answer: deleted } = await deleteSessions(scopeOn(fs, 50), { keys: [key, "agent:main:cron:a"] });
  const { host, settings } = scopeOn(fs);
  const read = (query: Partial<HistoryQuery> = {}) =>
    readHistory(host, { targets: [targetOf("main")], settings }, { ...all, ...query });
  return { fs, reset, deleted, read };
}

describe("readHistory", () => {
  test("shows every generation of a key, the newest end first", async () => {
    const { read, reset } = await usedStore();
    const { sessions, totalCount } = read({ session: key });
    expect(totalCount).toBe(2);
    expect(sessions.map(({ sessionId, reason }) => [sessionId, reason])).toEqual([
      [reset.sessionId, "delete"],
      ["s1", "reset"],
    ]);
    expect(sessions[1]).toMatchObject({
      label: "=Ann",
      totalTokens: 7,
      estimatedCostUsd: 0.5,
      updatedAt: 1_790_000_000_000,
    });
  });

  test.each([
    [{ session: "s1" }, ["s1"]],
    [{ session: "s" }, []],
    [{ session: "CRON:A" }, ["s2"]],
    [{ session: "" }, []],
    [{ kinds: ["cron"] }, ["s2"]],
    [{ search: "CRON" }, ["s2"]],
    [{ since: Number.MAX_SAFE_INTEGER }, []],
    [{ limit: 1, offset: 2 }, ["s1"]],
  ] as const)("%j selects %j", async (query, ids) => {
    const { read } = await usedStore();
    expect(read(query).sessions.map(({ sessionId }) => sessionId)).toEqual(ids);
  });

  test("what undo brought back is told, or left out", async () => {
    const { fs, deleted, read } = await usedStore();
    await undone(fs, deleted.operationId ?? undefined);
    expect(read().sessions.filter((one) => one.restoredAt !== undefined)).toHaveLength(2);
    expect(read({ onlyEnded: true }).sessions.map(({ sessionId }) => sessionId)).toEqual(["s1"]);
  });

  test("a store without a ledger has no history; one that is not there is an error", async () => {
    const fs = diskWith({ rows: "{ damaged" });
    const { host, settings } = scopeOn(fs);
    expect(readHistory(host, { targets: [targetOf("main")], settings }, all)).toMatchObject({
      totalCount: 0,
    });
    expect(() => readHistory(host, { targets: [targetOf("none")], settings }, all)).toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
  });

  test("no cell of the CSV is a formula", async () => {
    const { read } = await usedStore();
    const label = historyCsvColumns.find(({ name }) => name === "label");
    expect(read({ session: "s1" }).sessions.map((one) => label?.cell(one))).toEqual(["'=Ann"]);
  });
});
