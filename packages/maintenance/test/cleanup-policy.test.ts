import { finding, isStoreError } from "@sessionsmith/core";
import type { RetentionRule, SessionSettings } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { formatPolicy, resolveCleanupPolicy } from "../src/cleanup-policy.ts";
import type { CleanupFlags, CleanupOrders } from "../src/cleanup-policy.ts";
import { aPolicy } from "./policy-builder.ts";
import { dayMs, hourMs } from "./snapshot-builder.ts";

function settings(changes: Partial<SessionSettings> = {}): SessionSettings {
  return {
    path: "/state/openclaw.json",
    scope: "per-sender",
    dmScope: "main",
    bindingDmScopes: [],
    identityLinks: [],
    leaseTtlSeconds: 3600,
    gatewayPort: 18_789,
    mainKey: "hall",
    storeTemplate: undefined,
    agents: [],
    defaultAgentId: "main",
    maintenance: {
      mode: "warn",
      pruneAfterMs: 21 * dayMs,
      maxEntries: 500,
      resetArchiveRetentionMs: null,
      maxDiskBytes: null,
      highWaterBytes: null,
      rules: [],
    },
    findings: [],
    ...changes,
  };
}

const noOrders = {
  maintenance: false,
  olderThan: false,
  fixMissing: false,
  expired: false,
  ghosts: false,
  fixDmScope: false,
  rescope: false,
} as const;

function ordersFor(flags: CleanupFlags): CleanupOrders {
  return resolveCleanupPolicy({ settings: settings(), flags }).orders;
}

function errorOf(
  flags: CleanupFlags,
  changes: Partial<SessionSettings> = {},
): { code: string; message: string } {
  try {
    resolveCleanupPolicy({ settings: settings(changes), flags });
  } catch (error) {
    if (isStoreError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("the policy was accepted");
}

describe("resolveCleanupPolicy", () => {
  test("takes what the settings say, and defaults for the rest", () => {
    expect(resolveCleanupPolicy({ settings: settings() })).toEqual({
      preset: "safe",
      mode: "warn",
      orders: noOrders,
      olderThanMs: null,
      expiredBeforeMs: null,
      kinds: [],
      pruneAfterMs: 21 * dayMs,
      maxEntries: 500,
      resetArchiveRetentionMs: null,
      maxDiskBytes: null,
      highWaterBytes: null,
      rules: [],
      minAgeMs: hourMs,
      activeKeys: [],
      keyRules: { mainKey: "hall", scope: "per-sender", mainAgentMissing: false },
      dmRouting: { scope: "main", bindings: [], identityLinks: [] },
    });
  });

  test("flags win", () => {
    const flags = {
      preset: "openclaw-2026.5",
      enforce: true,
      olderThanMs: 5,
      minAgeMs: 6,
      kinds: ["hook", "cron", "hook"],
      activeKeys: ["b", "a", "b"],
    } as const;
    expect(resolveCleanupPolicy({ settings: settings(), flags })).toMatchObject({
      preset: "openclaw-2026.5",
      mode: "enforce",
      orders: { ...noOrders, maintenance: true, olderThan: true },
      pruneAfterMs: 21 * dayMs,
      olderThanMs: 5,
      kinds: ["cron", "hook"],
      minAgeMs: 6,
      activeKeys: ["a", "b"],
    });
  });

  test("in mode warn only an order acts, but a preview shows what enforce would do", () => {
    expect(ordersFor({ olderThanMs: 5 })).toEqual({ ...noOrders, olderThan: true });
    expect(ordersFor({ fixMissing: true, ghosts: true, expired: true })).toEqual({
      ...noOrders,
      fixMissing: true,
      ghosts: true,
      expired: true,
    });
    expect(ordersFor({ fixDmScope: true })).toEqual({ ...noOrders, fixDmScope: true });
    expect(ordersFor({ preview: true })).toEqual({ ...noOrders, maintenance: true });
    expect(ordersFor({ enforce: true })).toEqual({ ...noOrders, maintenance: true });
  });

  test.each([
    [[], false],
    [["main", "work"], false],
    [["work"], true],
  ])("agents %j: without an agent called main is %s", (ids, mainAgentMissing) => {
    const agents = ids.map((id) => ({ id, model: undefined, contextTokens: undefined }));
    expect(resolveCleanupPolicy({ settings: settings({ agents }) }).keyRules).toMatchObject({
      mainAgentMissing,
    });
  });

  test.each([
    [{ olderThanMs: 0 }, "olderThan"],
    [{ olderThanMs: -1 }, "olderThan"],
    [{ olderThanMs: Number.NaN }, "olderThan"],
    [{ olderThanMs: Number.POSITIVE_INFINITY }, "olderThan"],
    [{ minAgeMs: 0 }, "minAge"],
  ])("%j is a mistake, not an order to remove everything", (flags, name) => {
    expect(errorOf(flags)).toMatchObject({ code: "E_USAGE", message: expect.stringContaining(name) });
  });

  test("what the settings say about direct messages is taken over", () => {
    const bindingDmScopes = [{ dmScope: "main", agentId: "main", channel: null }] as const;
    const identityLinks = [{ name: "ann", peers: ["telegram:1"] }];
    const given = settings({ dmScope: "per-peer", bindingDmScopes, identityLinks });
    const policy = resolveCleanupPolicy({ settings: given, flags: { rescope: true } });
    expect(policy.orders.rescope).toBe(true);
    expect(policy.dmRouting).toEqual({ scope: "per-peer", bindings: bindingDmScopes, identityLinks });
  });

  test.each([
    [{ dmScope: "main" }, "session.dmScope is main"],
    [{ dmScope: "per-peer", scope: "global" }, "session.scope is global"],
  ] as const)("where all share a session (%j) there is nothing to rescope", (changes, why) => {
    expect(errorOf({ rescope: true }, changes)).toMatchObject({
      code: "E_USAGE",
      message: expect.stringContaining(why),
    });
  });

  test("settings that could not be read as written remove nothing", () => {
    const place = { field: "session.maintenance.pruneAfter" };
    expect(errorOf({}, { findings: [finding("settings-invalid-value", place)] }).code).toBe("E_CONFIG");
    const harmless = finding("settings-duplicate-agent", { field: "agents.list[1]" });
    expect(resolveCleanupPolicy({ settings: settings({ findings: [harmless] }) }).preset).toBe("safe");
  });

  test("a limit of zero in the settings is refused too", () => {
    const { maintenance } = settings();
    expect(errorOf({}, { maintenance: { ...maintenance, pruneAfterMs: 0 } }).code).toBe("E_USAGE");
  });
});

describe("formatPolicy", () => {
  test("is everything but the mode", () => {
    const { mode: _mode, ...rules } = aPolicy();
    expect(formatPolicy(aPolicy({ mode: "warn" }))).toEqual(rules);
  });

  test("holds the rules in their order", () => {
    const rules: readonly RetentionRule[] = [
      { match: { key: "*", agent: "work" }, pruneAfterMs: 1, stage: "metadata" },
      { match: { kind: "main" }, pin: true, stage: "full" },
    ];
    expect(formatPolicy(aPolicy({ rules }))["rules"]).toEqual(rules);
  });
});
