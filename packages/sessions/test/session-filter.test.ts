import { parseRowTime, scanIndex, type StoreTarget } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { ListQuery } from "../src/list-query.ts";
import { sessionFilter } from "../src/session-filter.ts";
import { everything, now } from "./stores-on-disk.ts";

const target: StoreTarget = {
  indexPath: "/s/sessions.json",
  sessionsDir: "/s",
  agentId: "main",
  origin: "store-flag",
  shared: false,
};

const lease = (user: string, expiresAt: number) => ({
  pluginExtensions: { sessionsmith: { lease: { user, expiresAt } } },
});

const index = JSON.stringify({
  "agent:main:main": { sessionId: "id-main", updatedAt: now, label: "Home" },
  "agent:main:telegram:direct:7": { sessionId: "id-dm", updatedAt: now - 60_000, displayName: "Ann Ünlü" },
  "agent:main:discord:group:777": { sessionId: "id-group", updatedAt: now - 60_001, subject: "Team plans" },
  "agent:main:subagent:a": { sessionId: "id-child", spawnedBy: "agent:main:main" },
  "agent:main:cron:job:run:b": {
    sessionId: "id-run",
    spawnedBy: "agent:main:main",
    updatedAt: "2020-01-01T00:00:00Z",
  },
  "agent:main:explicit:live": { sessionId: "id-live", ...lease("alice", now + 1) },
  "agent:main:explicit:gone": { sessionId: "id-gone", ...lease("bob", now) },
  global: { sessionId: "id-global" },
  unknown: { sessionId: "id-unknown" },
  "agent:main:dashboard:odd": [{ label: "Home" }],
});

const all = Object.keys(JSON.parse(index));

function keysOf(change: Partial<ListQuery>, mainKey = "main"): readonly string[] {
  const scan = scanIndex(Buffer.from(index));
  if (!scan.readable) throw new Error(scan.failure.problem);
  const filter = sessionFilter({ ...everything, ...change }, mainKey);
  return scan.document.rows
    .map((row) => {
      const time = parseRowTime(row.updatedAt);
      return { target, document: scan.document, row, updatedAt: time.known ? time.atMs : undefined };
    })
    .filter((candidate) => filter(candidate))
    .map(({ row }) => row.key);
}

describe("sessionFilter", () => {
  test.each<[string, Partial<ListQuery>, readonly string[]]>([
    ["nothing asked", {}, all],
    ["not global", { includeGlobal: false }, all.filter((key) => key !== "global")],
    ["not unknown", { includeUnknown: false }, all.filter((key) => key !== "unknown")],
    ["active, to the ms", { activeMs: 60_000 }, ["agent:main:main", "agent:main:telegram:direct:7"]],
    ["search a key", { search: "TELEGRAM" }, ["agent:main:telegram:direct:7"]],
    ["search a session id", { search: "ID-CHI" }, ["agent:main:subagent:a"]],
    ["search a label", { search: "hom" }, ["agent:main:main"]],
    ["search a display name", { search: "ünlÜ" }, ["agent:main:telegram:direct:7"]],
    ["search a subject", { search: "team p" }, ["agent:main:discord:group:777"]],
    ["search the key of a row that is not understood", { search: "odd" }, ["agent:main:dashboard:odd"]],
    ["search in vain", { search: "nobody" }, []],
    ["the whole label", { label: "Home" }, ["agent:main:main"]],
    ["a part of the label", { label: "Hom" }, []],
    ["a parent", { spawnedBy: "agent:main:main" }, ["agent:main:subagent:a", "agent:main:cron:job:run:b"]],
    ["one kind", { kinds: ["group"] }, ["agent:main:discord:group:777"]],
    [
      "two kinds",
      { kinds: ["cron-run", "direct"] },
      ["agent:main:telegram:direct:7", "agent:main:cron:job:run:b"],
    ],
    ["no kind", { kinds: [] }, []],
    ["OpenClaw's spawn-child", { kinds: ["spawn-child"] }, ["agent:main:subagent:a"]],
    ["spawn-child or main", { kinds: ["spawn-child", "main"] }, ["agent:main:main", "agent:main:subagent:a"]],
    ["expired", { status: "expired" }, ["agent:main:explicit:gone"]],
    ["a user", { user: "alice" }, ["agent:main:explicit:live"]],
    ["a user's expired", { user: "alice", status: "expired" }, []],
  ])("%s", (_, query, expected) => {
    expect(keysOf(query)).toStrictEqual(expected);
  });

  test("active is all that is understood and not expired", () => {
    const others = new Set(["agent:main:explicit:gone", "agent:main:dashboard:odd"]);
    expect(keysOf({ status: "active" })).toStrictEqual(all.filter((key) => !others.has(key)));
  });

  test("the main key of the settings is understood", () => {
    expect(keysOf({ kinds: ["main"] }, "cron:job:run:b")).toStrictEqual(["agent:main:main"]);
    expect(keysOf({ kinds: ["main"] }, "telegram:direct:7")).toStrictEqual([
      "agent:main:main",
      "agent:main:telegram:direct:7",
    ]);
  });
});
