import type { DmScope } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import type { Verdict } from "../../src/cleanup-pass.ts";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { fixDmScope } from "../../src/passes/fix-dm-scope.ts";
import { noFacts } from "../../src/store-facts.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, hourMs, now, rowAged } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

function verdicts(sketch: StoreSketch, rules: Partial<CleanupPolicy> = {}): readonly Verdict[] {
  const snapshot = aSnapshot(sketch);
  const policy = aPolicy(rules);
  return fixDmScope(openCleanupView({ snapshot, facts: noFacts, policy, now, rows: snapshot.rows }));
}

/** What becomes of a row with this key: the action, and why it stays. */
function fate(key: string, rules: Partial<CleanupPolicy> = {}, more: StoreSketch = {}): string {
  const [verdict, ...others] = verdicts({ rows: { [key]: rowAged(1) }, ...more }, rules);
  if (others.length > 0) throw new Error("one row, and several verdicts");
  if (verdict === undefined) return "no opinion";
  const { action, reasons } = verdict;
  return [action, ...reasons.filter((reason) => reason !== "stale-dm-scope")].join(" ");
}

const routing = aPolicy().dmRouting;
const peer = "agent:main:telegram:direct:5";

describe("which rows", () => {
  test.each([
    // key, under safe, under openclaw-2026.5
    ["agent:main:direct:5", "retire-dm-scope", "retire-dm-scope"],
    ["agent:main:telegram:direct:5", "retire-dm-scope", "retire-dm-scope"],
    ["agent:main:telegram:acct:direct:5", "retire-dm-scope", "retire-dm-scope"],
    ["agent:main:Telegram:Acct:DIRECT:5", "retire-dm-scope", "retire-dm-scope"],
    ["agent:main:dm:5", "retire-dm-scope", "no opinion"],
    ["agent:main:telegram:dm:5", "retire-dm-scope", "no opinion"],
    ["agent:main:telegram:acct:dm:5", "retire-dm-scope", "no opinion"],
    ["agent:main:matrix:direct:@a:server", "retire-dm-scope", "no opinion"],
    ["agent:main:matrix:acct:direct:@a:server", "retire-dm-scope", "no opinion"],
    ["agent:work:direct:5", "retire-dm-scope", "no opinion"],
    ["agent:main:cron:direct:x", "no opinion", "retire-dm-scope"],
    ["agent:main:cron:job:direct:x", "no opinion", "retire-dm-scope"],
    ["agent:main:hook:direct:x", "no opinion", "retire-dm-scope"],
    ["agent:main:telegram:direct:5:thread:4", "no opinion", "no opinion"],
    ["agent:main:telegram:direct:5:topic:4", "no opinion", "no opinion"],
    ["agent:main:telegram:direct:5:heartbeat", "no opinion", "no opinion"],
    ["agent:main:main", "no opinion", "no opinion"],
    ["agent:main:telegram:group:5", "no opinion", "no opinion"],
    ["telegram:direct:5", "no opinion", "no opinion"],
  ])("%s", (key, safe, openClaw) => {
    expect([fate(key), fate(key, { preset: "openclaw-2026.5" })]).toEqual([safe, openClaw]);
  });

  test.each(["per-peer", "per-channel-peer", "per-account-channel-peer"] as const)(
    "none while the scope is %s",
    (scope) => {
      for (const preset of ["safe", "openclaw-2026.5"] as const)
        expect(fate(peer, { preset, dmRouting: { ...routing, scope } })).toBe("no opinion");
    },
  );
});

function bound(
  agentId: string | null,
  channel: string | null,
  dmScope: DmScope = "per-peer",
): Partial<CleanupPolicy> {
  return { dmRouting: { ...routing, bindings: [{ dmScope, agentId, channel }] } };
}

describe("bindings", () => {
  test.each([
    [bound("main", "telegram"), "keep bound-by-route"],
    [bound(null, "telegram"), "keep bound-by-route"],
    [bound("main", null), "keep bound-by-route"],
    [bound("work", "telegram"), "retire-dm-scope"],
    [bound("main", "discord"), "retire-dm-scope"],
    [bound("main", "telegram", "main"), "retire-dm-scope"],
  ])("%j", (rules, expected) => {
    expect(fate(peer, rules)).toBe(expected);
    expect(fate(peer, { ...rules, preset: "openclaw-2026.5" })).toBe("retire-dm-scope");
  });

  test("a key that names no channel may be of any", () => {
    expect(fate("agent:main:direct:5", bound("main", "telegram"))).toBe("keep bound-by-route");
  });
});

describe("what stays", () => {
  test("the active key in any spelling; for OpenClaw only as it stands", () => {
    const activeKeys = ["agent:main:Telegram:direct:5"];
    expect(fate(peer, { activeKeys })).toBe("keep protected:active-key");
    expect(fate(peer, { activeKeys, preset: "openclaw-2026.5" })).toBe("retire-dm-scope");
    expect(fate(peer, { activeKeys: [peer], preset: "openclaw-2026.5" })).toBe("keep protected:active-key");
  });

  const running = { rows: { [peer]: rowAged(0.5, { status: "running" }) } };
  const outside = { transcripts: { [peer]: { state: "outside", path: "/elsewhere/s1.jsonl" } as const } };
  test.each([
    ["locked", { locked: [peer] }, "keep in-use:locked"],
    ["running", running, "keep in-use:running"],
    ["elsewhere", outside, "keep transcript-outside"],
  ])("%s, under every preset", (_name, more, expected) => {
    expect(fate(peer, {}, more)).toBe(expected);
    expect(fate(peer, { preset: "openclaw-2026.5" }, more)).toBe(expected);
  });

  test("what a thread in the key hides from OpenClaw's protection is in use all the same", () => {
    const key = "agent:main:thread:direct:5";
    const more = { locked: [key] };
    expect(fate(key, { preset: "openclaw-2026.5" })).toBe("retire-dm-scope");
    expect(fate(key, { preset: "openclaw-2026.5" }, more)).toBe("keep in-use:locked");
  });

  test.each([
    [
      "a group by its chat type",
      { rows: { [peer]: rowAged(1, { chatType: "group" }) } },
      "protected:chat-type",
    ],
    ["an unknown age", { rows: { [peer]: { sessionId: "s1" } } }, "protected:unknown-age"],
    [
      "a transcript written just now",
      { files: { "s1.jsonl": { mtimeNs: BigInt(now - hourMs / 2) * 1_000_000n } } },
      "in-use:written",
    ],
  ])("%s, under safe; OpenClaw looks at no row", (_name, more, why) => {
    expect(fate(peer, {}, more)).toBe(`keep ${why}`);
    expect(fate(peer, { preset: "openclaw-2026.5" }, more)).toBe("retire-dm-scope");
  });
});
