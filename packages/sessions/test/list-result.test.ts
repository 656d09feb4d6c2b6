import { describe, expect, test } from "vitest";
import type { ListQuery } from "../src/list-query.ts";
import type { ListResult } from "../src/list-result.ts";
import { listSessions } from "../src/list-sessions.ts";
import { everything, now, storeOnDisk, storesOnDisk, type StoresOnDisk } from "./stores-on-disk.ts";

function list({ host, targets, settings }: StoresOnDisk, change: Partial<ListQuery> = {}): ListResult {
  return JSON.parse(JSON.stringify(listSessions(host, { targets, settings }, { ...everything, ...change })));
}

const rows = { a: { updatedAt: now }, b: { updatedAt: now - 1 }, c: { updatedAt: now - 2 } };

describe("listSessions", () => {
  test("one store", () => {
    const stores = storeOnDisk(rows);
    const { sessions, ...frame } = list(stores, { limit: 2, activeMs: 90_000 });
    expect(Object.entries(frame)).toStrictEqual([
      ["path", stores.targets[0]?.indexPath],
      ["count", 2],
      ["totalCount", 3],
      ["limitApplied", 2],
      ["hasMore", true],
      ["activeMinutes", 1.5],
      ["findings", { count: 0, ids: [] }],
    ]);
    expect(sessions).toHaveLength(2);
  });

  test.each([
    [2, 0, true],
    [2, 1, false],
    [3, 0, false],
    ["all", 1, false],
    [1, 3, false],
  ] as const)("limit %s, offset %d: more is %s", (limit, offset, hasMore) => {
    expect(list(storeOnDisk(rows), { limit, offset })).toMatchObject({ hasMore, totalCount: 3 });
  });

  test("several stores, one of them bad", () => {
    const stores = storesOnDisk({
      main: { "sessions.json": JSON.stringify(rows) },
      work: { "sessions.json": "" },
    });
    const { sessions, ...frame } = list(stores);
    const [main, work] = stores.targets;
    expect(frame).toStrictEqual({
      path: null,
      stores: [
        { agentId: "main", path: main?.indexPath },
        {
          agentId: "work",
          path: work?.indexPath,
          error: { code: "E_CORRUPT_INDEX", message: expect.any(String) },
        },
      ],
      count: 3,
      totalCount: 3,
      limitApplied: null,
      hasMore: false,
      activeMinutes: null,
      partial: true,
      findings: { count: 0, ids: [] },
    });
    expect(sessions).toHaveLength(3);
  });

  test("all agents of one are aggregated too", () => {
    const stores = storeOnDisk(rows);
    expect(list(stores, { allAgents: true })).toMatchObject({
      path: null,
      stores: [{ agentId: "main", path: stores.targets[0]?.indexPath }],
      allAgents: true,
    });
  });

  test("findings are counted, and each id is named once", () => {
    expect(list(storeOnDisk('{"b":1,"a":[],"a":[],"c":{}}')).findings).toStrictEqual({
      count: 4,
      ids: ["index-duplicate-key", "row-not-object"],
    });
  });

  test("an index that two targets share is read and reported once", () => {
    const stores = storeOnDisk('{"agent:main:a":1,"agent:work:b":{}}');
    const targets = stores.targets.flatMap((target) =>
      ["main", "work"].map((agentId) => ({ ...target, agentId, shared: true, onlyAgentRows: true as const })),
    );
    const { sessions, findings } = list({ ...stores, targets });
    expect(sessions.map(({ key }) => key)).toStrictEqual(["agent:main:a", "agent:work:b"]);
    expect(findings.count).toBe(1);
  });
});
