import { describe, expect, test } from "vitest";
import { openCleanupView } from "../src/cleanup-view.ts";
import { noFacts } from "../src/store-facts.ts";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, hourMs, now, rowAged } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

/** What protects the only row of a store. */
function protectionOf(sketch: StoreSketch, changes: Partial<CleanupPolicy> = {}): string | undefined {
  const snapshot = aSnapshot(sketch);
  const [facts] = snapshot.rows;
  if (facts === undefined) throw new Error("the test store has no row");
  return openCleanupView({ snapshot, facts: noFacts, policy: aPolicy(changes), now, rows: [] }).protectionOf(
    facts,
  );
}

const openclaw = { preset: "openclaw-2026.5" } as const;
const mtime = (agoMs: number) => ({ mtimeNs: BigInt(now - agoMs) * 1_000_000n });

describe("under both presets", () => {
  test.each([
    ["agent:main:slack:channel:c1:thread:9", {}, "protected:thread"],
    ["agent:main:main:thread:9", {}, "protected:thread"],
    ["agent:main:telegram:group:-1:topic:4", {}, "protected:topic"],
    ["agent:main:telegram:direct:5:topic:4", {}, "protected:topic"],
    ["agent:main:whatsapp:group:g1", {}, "protected:group"],
    ["agent:main:discord:channel:c1", {}, "protected:group"],
    ["agent:main:direct:ann", { chatType: "group" }, "protected:chat-type"],
    ["agent:main:direct:ann", { chatType: "thread" }, "protected:chat-type"],
    ["agent:main:direct:ann", { origin: { chatType: "channel" } }, "protected:chat-type"],
    ["agent:main:direct:ann", { chatType: "direct", origin: { chatType: "channel" } }, undefined],
    ["agent:main:direct:ann", { chatType: " Group" }, "protected:chat-type"],
    ["agent:main:direct:ann", { origin: { chatType: "CHANNEL" } }, "protected:chat-type"],
    ["agent:main:direct:ann", { chatType: "groups" }, undefined],
    ["agent:main:direct:group", {}, undefined],
    ["agent:main:telegram:direct:5", {}, undefined],
    ["agent:main:dashboard:1", {}, undefined],
    ["agent:main:explicit:1", {}, undefined],
    ["unknown", {}, undefined],
    // What machines make is never protected by its key or chat type.
    ["agent:main:subagent:1", { chatType: "group" }, undefined],
    ["agent:main:cron:job:thread:9", {}, undefined],
    ["agent:main:acp:1", { chatType: "group" }, undefined],
    ["agent:main:hook:1", { chatType: "group" }, undefined],
    ["agent:main:node:1", { chatType: "group" }, undefined],
    ["agent:main:whatsapp:group:g1:heartbeat", {}, undefined],
    ["agent:main:main:heartbeat", {}, undefined],
  ])("%s %j: %s", (key, fields, protection) => {
    const sketch = { rows: { [key]: rowAged(60, fields) } };
    expect(protectionOf(sketch, openclaw)).toBe(protection);
    expect(protectionOf(sketch)).toBe(protection);
  });

  test("the active key protects in any case", () => {
    const sketch = { rows: { "agent:main:cron:job": rowAged(60) } };
    const activeKeys = ["agent:other:x", "AGENT:main:CRON:job"];
    expect(protectionOf(sketch, { ...openclaw, activeKeys })).toBe("protected:active-key");
    expect(protectionOf(sketch, { activeKeys })).toBe("protected:active-key");
  });

  test("a locked transcript, and a session file outside, protect even what a machine made", () => {
    const key = "agent:main:subagent:1";
    const outside = { [key]: { state: "outside", path: "/elsewhere/s1.jsonl" } } as const;
    for (const preset of ["safe", "openclaw-2026.5"] as const) {
      expect(protectionOf({ rows: { [key]: rowAged(60) }, locked: [key] }, { preset })).toBe("in-use:locked");
      expect(protectionOf({ rows: { [key]: rowAged(60) }, transcripts: outside }, { preset })).toBe(
        "transcript-outside",
      );
    }
  });

  test.each([
    ["its row was updated within a day", 0.99, 90 * dayMs, "in-use:running"],
    ["its transcript was written within a day", 60, dayMs - 1, "in-use:running"],
    ["nothing happened for a day", 1, dayMs, undefined],
  ])("a running session is in use: %s", (_when, days, writtenAgoMs, protection) => {
    const rows = { "agent:main:subagent:1": rowAged(days, { status: "running" }) };
    expect(protectionOf({ rows, files: { "s1.jsonl": mtime(writtenAgoMs) } }, openclaw)).toBe(protection);
  });

  test.each([
    ["that runs", { expiresAt: now + 1 }, "in-use:leased"],
    ["that has run out", { expiresAt: now }, undefined],
    ["that was ended", { expiresAt: now + 1, expiredAt: now }, undefined],
  ])("a lease %s", (_, lease, protection) => {
    const rows = { "agent:main:direct:ann": rowAged(60, { pluginExtensions: { sessionsmith: { lease } } }) };
    expect(protectionOf({ rows })).toBe(protection);
    expect(protectionOf({ rows }, openclaw)).toBe(protection);
  });

  test("a session that is done is not running", () => {
    expect(
      protectionOf({ rows: { "agent:main:subagent:1": rowAged(0.5, { status: "done" }) } }),
    ).toBeUndefined();
  });
});

describe("under safe alone", () => {
  test.each([
    ["agent:main:main", "main"],
    ["agent:main:direct:ann", "direct:ann"],
    ["agent:main:direct:Ann", "agent:main:direct:Ann"],
    ["agent:main::direct:ann", "agent:main:direct:ann"],
  ])("the active key protects %s, spelled %s", (key, activeKey) => {
    const sketch = { rows: { [key]: rowAged(60) } };
    expect(protectionOf(sketch, { activeKeys: [activeKey] })).toContain("protected:active-key");
    expect(protectionOf(sketch, { ...openclaw, activeKeys: [activeKey] })).toBeUndefined();
  });

  test.each([
    ["agent:main:main", {}, "protected:main"],
    ["agent:other:main", {}, "protected:main"],
    ["agent:work:hall", {}, "protected:main"],
    ["main", {}, "protected:main"],
    ["global", {}, "protected:global"],
    ["agent:main:matrix:room:r1", {}, "protected:room"],
    ["agent:main:direct:ann", { updatedAt: "2026-01-01 12:00:00" }, "protected:unknown-age"],
    ["agent:main:direct:ann", { updatedAt: 0 }, "protected:unknown-age"],
    ["agent:main:direct:ann", { updatedAt: now + 2 * dayMs }, "protected:future"],
    ["agent:main:direct:ann", { pluginExtensions: { sessionsmith: { lease: {} } } }, "protected:managed"],
    ["agent:main:direct:ann", { pluginExtensions: { other: {} } }, undefined],
    ["agent:main:direct:ann", { pluginExtensions: "sessionsmith" }, undefined],
  ])("%s %j: %s", (key, fields, protection) => {
    const sketch = { rows: { [key]: rowAged(60, fields) } };
    const keyRules = { mainKey: "hall", scope: "per-sender", mainAgentMissing: false } as const;
    expect(protectionOf(sketch, { keyRules })).toBe(protection);
    expect(protectionOf(sketch, { ...openclaw, keyRules })).toBeUndefined();
  });

  test.each([
    ["written after the row, within the minimum age", hourMs - 1, "in-use:written"],
    ["written after the row, but longer ago", hourMs, undefined],
  ])("a transcript %s", (_when, writtenAgoMs, protection) => {
    const sketch = {
      rows: { "agent:main:direct:ann": rowAged(60) },
      files: { "s1.jsonl": mtime(writtenAgoMs) },
    };
    expect(protectionOf(sketch)).toBe(protection);
    expect(protectionOf(sketch, openclaw)).toBeUndefined();
  });

  test("a transcript written before its row says nothing", () => {
    const rows = { "agent:main:direct:ann": rowAged(0) };
    expect(protectionOf({ rows, files: { "s1.jsonl": mtime(1) } })).toBeUndefined();
  });

  test("a transcript that is no regular file", () => {
    const sketch = {
      rows: { "agent:main:direct:ann": rowAged(60) },
      files: { "s1.jsonl": { kind: "symlink" } },
    } as const;
    expect(protectionOf(sketch)).toBe("transcript-unknown");
    expect(protectionOf(sketch, openclaw)).toBeUndefined();
  });
});
