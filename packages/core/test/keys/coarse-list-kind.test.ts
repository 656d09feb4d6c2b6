import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listStoreCases, readRecordedList, storeCaseDir } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { coarseListKind } from "../../src/keys/coarse-list-kind.ts";

describe("coarseListKind", () => {
  test.each([
    ["global", {}, "global"],
    ["unknown", { spawnedBy: "agent:main:main" }, "unknown"],
    ["Global", {}, "direct"],
    ["agent:main:cron:job1:run:r1", { spawnedBy: "agent:main:main" }, "cron"],
    ["AGENT:main:Cron:job1", {}, "cron"],
    ["cron:job1", {}, "direct"],
    ["agent:main:cron", {}, "direct"],
    ["agent:main:telegram:group:5", { spawnedBy: "agent:main:main" }, "spawn-child"],
    ["agent:main:subagent:u1", { spawnedBy: "" }, "direct"],
    ["agent:main:web:x", { chatType: "group" }, "group"],
    ["agent:main:web:x", { chatType: "channel" }, "group"],
    ["agent:main:web:x", { chatType: "thread" }, "direct"],
    ["agent:main:web:x", { chatType: "Group" }, "direct"],
    ["agent:main:slack:acct:channel:c1", {}, "group"],
    ["agent:main:slack:Channel:c1", {}, "direct"],
    ["group:5", {}, "direct"],
    ["agent:main:slack:room:c1", {}, "direct"],
  ] as const)("%j with %j is %s", (key, facts, kind) => {
    expect(coarseListKind(key, facts)).toBe(kind);
  });

  test.each(listStoreCases())("agrees with what OpenClaw printed for %s", (name) => {
    const { sessions } = readRecordedList(name, "list-all");
    const rows = readRows(name, "main");
    expect(sessions.length).toBeGreaterThan(10);
    for (const session of sessions) {
      const key = String(session["key"]);
      const row = rows[key] ?? {};
      expect(row).toHaveProperty("sessionId", session["sessionId"]);
      const { spawnedBy, chatType } = row;
      expect([key, coarseListKind(key, { spawnedBy, chatType })]).toEqual([key, session["kind"]]);
    }
  });
});

function readRows(name: string, agentId: string): Record<string, { spawnedBy?: string; chatType?: string }> {
  const path = join(storeCaseDir(name), "before", "agents", agentId, "sessions", "sessions.json");
  const rows: Record<string, { spawnedBy?: string; chatType?: string }> = JSON.parse(
    readFileSync(path, "utf8"),
  );
  return rows;
}
