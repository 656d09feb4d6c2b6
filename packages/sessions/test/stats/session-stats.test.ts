import { describe, expect, test } from "vitest";
import { toAriaStats } from "../../src/formats/aria-stats.ts";
import { toBytesagainStats } from "../../src/formats/bytesagain-stats.ts";
import { countSessions } from "../../src/stats/session-stats.ts";
import { toStatsResult } from "../../src/stats/stats-result.ts";
import { storesOnDisk } from "../stores-on-disk.ts";

/** When Aria printed the counts of the first store (fs-era-transcript). */
const now = Date.parse("2026-11-20T08:14:39.840Z");
const minute = 60_000;

function count(agents: Parameters<typeof storesOnDisk>[0], at = now, staleAfterMs = 60 * minute) {
  const { host, targets, settings } = storesOnDisk(agents);
  return countSessions(host, { targets, settings }, { now: at, staleAfterMs, allAgents: targets.length > 1 });
}

const ariaStore = {
  analyst: {
    "sessions.json": JSON.stringify({
      "agent:analyst:telegram:direct:7": { sessionId: "a1", updatedAt: now - 120 * minute },
    }),
  },
  main: {
    "sessions.json": JSON.stringify({
      "agent:main:main": { sessionId: "m1", updatedAt: now - 3 * 1440 * minute },
      "agent:main:telegram:direct:5": { sessionId: "d1", updatedAt: now - 3 * 1440 * minute },
      "agent:main:cron:c1": { sessionId: "c1", updatedAt: now - 2 * 1440 * minute },
      "agent:main:subagent:s1": { sessionId: "s1", updatedAt: now - 5 * minute, label: "L" },
      "agent:main:cron:nots": { sessionId: "c2" },
    }),
  },
};

describe("countSessions", () => {
  test("counts as Aria did, key for key", () => {
    expect(Object.entries(toAriaStats(count(ariaStore)))).toStrictEqual([
      ["total_sessions", 6],
      ["stale_sessions", 5],
      ["active_sessions", 1],
      ["by_agent", { analyst: 1, main: 5 }],
      ["stale_threshold_minutes", 60],
    ]);
  });

  test("unknown age is a class of its own, and the classes add up", () => {
    const stats = count(ariaStore);
    expect(stats).toMatchObject({
      totalSessions: 6,
      activeSessions: 1,
      staleSessions: 4,
      unknownAgeSessions: 1,
    });
    expect(Object.fromEntries(stats.byKind)).toEqual({ cron: 2, direct: 2, main: 1, subagent: 1 });
  });

  test("exactly the limit is not stale yet", () => {
    const rows = { "agent:main:main": { sessionId: "m", updatedAt: now - 60 * minute } };
    const stores = { main: { "sessions.json": JSON.stringify(rows) } };
    expect(count(stores)).toMatchObject({ activeSessions: 1 });
    expect(count(stores, now + 1)).toMatchObject({ staleSessions: 1 });
  });

  test("counts leases as bytesagain's script did", () => {
    const leased = (id: string, user: string, ttlSeconds: number | null, ends: object) => ({
      sessionId: id,
      updatedAt: now,
      pluginExtensions: { sessionsmith: { lease: { user, ttlSeconds, meta: {}, ...ends } } },
    });
    const rows = {
      a: leased("0ced8fd6a280", "alice", 3600, { expiresAt: now + 1, expiredAt: now }),
      b: leased("79c6aa27bfa0", "bob", 1, { expiresAt: now - 1 }),
      c: leased("dd41847d3933", "anonymous", 3600, { expiresAt: now + 1 }),
    };
    const stats = count({ main: { "sessions.json": JSON.stringify(rows) } });
    expect(Object.entries(toBytesagainStats(stats).stats)).toStrictEqual([
      ["total_sessions", 3],
      ["active", 1],
      ["expired", 2],
      ["unique_users", 3],
      ["average_ttl_seconds", 2400.3],
      ["data_file", stats.stores[0]?.target.indexPath],
    ]);
    const endless = count({
      main: { "sessions.json": JSON.stringify({ d: leased("d", "bob", null, { expiresAt: null }) }) },
    });
    expect(toStatsResult(endless).leases).toEqual({
      active: 1,
      expired: 0,
      users: 1,
      averageTtlSeconds: null,
    });
  });

  test("counts the bytes of each directory once, by what the names say", () => {
    const { bytes } = count({
      main: {
        "sessions.json": "{}",
        "s.jsonl": "12345",
        "s.trajectory.jsonl": "123",
        "s.jsonl.deleted.2026-11-19T10-12-25.663Z": "1234567",
        "notes.txt": "1",
      },
    });
    expect(bytes).toEqual({ total: 18, index: 2, transcripts: 5, archives: 7, sidecars: 3, other: 1 });
  });

  test("one store among several that can't be read is told, and the others are counted", () => {
    const stats = count({ ...ariaStore, bad: { "sessions.json": "[" } });
    expect(toStatsResult(stats)).toMatchObject({
      totalSessions: 6,
      partial: true,
      path: null,
      stores: [
        { agentId: "analyst" },
        { agentId: "main" },
        { agentId: "bad", error: { code: "E_CORRUPT_INDEX" } },
      ],
    });
  });
});
