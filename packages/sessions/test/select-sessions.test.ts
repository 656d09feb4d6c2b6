import { describe, expect, test } from "vitest";
import type { ListQuery } from "../src/list-query.ts";
import { selectSessions } from "../src/select-sessions.ts";
import { everything, now, storeOnDisk, storesOnDisk, type StoresOnDisk, withFs } from "./stores-on-disk.ts";

function select({ host, targets, settings }: StoresOnDisk, change: Partial<ListQuery> = {}) {
  return selectSessions(host, { targets, settings }, { ...everything, ...change });
}

function keysOf(stores: StoresOnDisk, change: Partial<ListQuery> = {}): readonly string[] {
  return select(stores, change).sessions.map(({ key }) => key);
}

const row = (updatedAt?: unknown) => ({ sessionId: "s", updatedAt });

describe("order and pages", () => {
  const mixed = {
    unknown1: row(),
    old: row(now - 3),
    tie1: row(now - 2),
    zero: row(0),
    tie2: row(now - 2),
    seconds: row((now - 1000) / 1000),
    iso: row(new Date(now - 1).toISOString()),
    naive: row("2026-01-01T00:00:00"),
    newest: row(now),
  };
  const order = ["newest", "iso", "tie1", "tie2", "old", "seconds", "unknown1", "zero", "naive"];

  test("newest first, whatever the unit; ties and unknown times in file order, unknown ones last", () => {
    expect(keysOf(storeOnDisk(mixed))).toStrictEqual(order);
  });

  test.each([
    [3, 0, order.slice(0, 3)],
    [3, 2, order.slice(2, 5)],
    [100, 7, order.slice(7)],
    ["all", 8, order.slice(8)],
    [3, 9, []],
    [0, 0, []],
    [0, 3, []],
  ] as const)("limit %s, offset %d", (limit, offset, expected) => {
    const { sessions, totalCount } = select(storeOnDisk(mixed), { limit, offset });
    expect(sessions.map(({ key }) => key)).toStrictEqual(expected);
    expect(totalCount).toBe(order.length);
  });

  test("ties of several stores stand in the order of the targets", () => {
    const stores = storesOnDisk({
      work: { "sessions.json": JSON.stringify({ "agent:work:a": row(now), "agent:work:b": row(now - 1) }) },
      main: { "sessions.json": JSON.stringify({ "agent:main:a": row(now), "agent:main:b": row(now - 1) }) },
    });
    expect(keysOf(stores)).toStrictEqual(["agent:work:a", "agent:main:a", "agent:work:b", "agent:main:b"]);
  });
});

describe("odd rows", () => {
  test("of a duplicate key the last row is listed, and the finding says so", () => {
    const same = '{"sessionId":"s","updatedAt":5000000000000}';
    const stores = storeOnDisk(`{"a":${same},"b":{"sessionId":"b","updatedAt":5000000000000},"a":${same}}`);
    expect(keysOf(stores)).toStrictEqual(["b", "a"]);
    expect(select(stores).findings.map(({ id, place }) => [id, place.key])).toStrictEqual([
      ["index-duplicate-key", "a"],
    ]);
  });

  test("rows that are not understood are listed with what is known of them", () => {
    const stores = storeOnDisk(
      '{"odd":["x"],"big":{"sessionId":"big-1","updatedAt":5000000000000,"n":1e400,"label":"L"}}',
    );
    const { sessions, totalCount, findings } = select(stores);
    expect(totalCount).toBe(2);
    expect(findings).toHaveLength(2);
    expect(sessions).toMatchObject([
      {
        key: "big",
        sessionId: "big-1",
        updatedAt: 5_000_000_000_000,
        entry: {},
        rowFinding: "row-number-inexact",
      },
      { key: "odd", sessionId: undefined, updatedAt: undefined, entry: {}, rowFinding: "row-not-object" },
    ]);
  });

  test("a key of the prototype is a key like any other", () => {
    expect(
      keysOf(storeOnDisk('{"__proto__":{"sessionId":"p"},"constructor":{"sessionId":"c"}}')),
    ).toStrictEqual(["__proto__", "constructor"]);
  });
});

describe("which rows belong to the agent", () => {
  const shared = { "agent:main:a": row(4), "agent:work:b": row(3), global: row(2) };
  const agents = '{"agents":{"list":[{"id":"main","model":"openai/gpt-5"},{"id":"work"}]}}';

  test("all rows of a shared index, each under the agent of its key", () => {
    const { sessions } = select(storeOnDisk(shared, {}, agents));
    expect(sessions.map(({ key, agentId, agent }) => [key, agentId, agent?.model])).toStrictEqual([
      ["agent:main:a", "main", "openai/gpt-5"],
      ["agent:work:b", "work", undefined],
      ["global", "main", "openai/gpt-5"],
    ]);
  });

  test.each([
    ["main", ["agent:main:a", "global"]],
    ["work", ["agent:work:b"]],
  ])("only rows of %s, if that agent was picked", (agentId, expected) => {
    const stores = storeOnDisk(shared, {}, agents);
    const targets = stores.targets.map((target) => ({
      ...target,
      agentId,
      shared: true,
      onlyAgentRows: true as const,
    }));
    expect(keysOf({ ...stores, targets })).toStrictEqual(expected);
  });
});

describe("what went wrong", () => {
  const good = { "sessions.json": JSON.stringify({ a: { sessionId: "s1" } }) };

  test("a bad store among several is told with code and message, and its rows are missing", () => {
    const { stores, sessions } = select(storesOnDisk({ bad: { "sessions.json": "" }, main: good }));
    expect(stores.map(({ target, error }) => [target.agentId, error?.code])).toStrictEqual([
      ["bad", "E_CORRUPT_INDEX"],
      ["main", undefined],
    ]);
    expect(stores[0]?.error?.message).toContain("sessions.json");
    expect(sessions).toHaveLength(1);
  });

  test("a transcript that can't be read is a finding, and its row is listed", () => {
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    const stores = storesOnDisk({ main: { ...good, "s1.jsonl": "" } });
    const { fs } = stores.host;
    const lstat: typeof fs.lstat = (path) => {
      if (path.endsWith(".jsonl")) throw denied;
      return fs.lstat(path);
    };
    const { sessions, findings } = select(withFs(stores, { lstat }), { previews: true });
    expect(sessions.map(({ key, lastMessage }) => [key, lastMessage])).toStrictEqual([["a", undefined]]);
    expect(findings.map(({ id, place }) => [id, place.key])).toStrictEqual([["file-unreadable", "a"]]);
  });
});
