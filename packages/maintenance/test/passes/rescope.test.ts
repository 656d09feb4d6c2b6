import type { BindingDmScope, DmScope, IdentityLink } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/cleanup-pass.ts";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { rescope } from "../../src/passes/rescope.ts";
import { noFacts } from "../../src/store-facts.ts";
import { whyNotJudged } from "../../src/why-not-judged.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, now, rowAged } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

type Rows = Readonly<Record<string, unknown>>;

interface Rules extends Partial<CleanupPolicy> {
  readonly links?: readonly IdentityLink[];
  readonly bindings?: readonly BindingDmScope[];
  readonly keysNamedElsewhere?: ReadonlySet<string>;
}

function verdicts(scope: DmScope, sketch: StoreSketch, rules: Rules = {}): readonly Verdict[] {
  const { links: identityLinks = [], bindings = [], keysNamedElsewhere = new Set(), ...more } = rules;
  const facts = { ...noFacts, keysNamedElsewhere };
  const snapshot = aSnapshot(sketch);
  const policy = aPolicy({ ...more, dmRouting: { scope, bindings, identityLinks } });
  const rows = snapshot.rows.filter((row) => whyNotJudged(row, snapshot.target) === undefined);
  return rescope(openCleanupView({ snapshot, facts, policy, now, rows }));
}

/** Key -> `-> new key`, the action of a row that leaves, or why a row stays. Keys without their agent. */
function fates(scope: DmScope, rows: Rows, rules: Rules = {}): Readonly<Record<string, string>> {
  const sketch = {
    rows: Object.fromEntries(Object.entries(rows).map(([key, row]) => [`agent:main:${key}`, row])),
  };
  return fatesOf(verdicts(scope, sketch, rules));
}

function fatesOf(given: readonly Verdict[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map(({ key, action, reasons, change }) => {
      if (action !== "keep") return [short(key), action];
      if (change?.key !== undefined) return [short(key), `-> ${short(change.key)}`];
      return [short(key), reasons.filter((reason) => reason !== "other-dm-scope").join(" ")];
    }),
  );
}

function short(key: string): string {
  return key.replace("agent:main:", "");
}

const viaTelegram = { deliveryContext: { channel: "telegram", to: "telegram:5", accountId: "bot" } };
const viaSignal = { route: { channel: "signal", accountId: "bot" }, lastChannel: "signal" };

describe("a single row", () => {
  test.each<[DmScope, string, Rows, string]>([
    ["per-peer", "telegram:direct:5", {}, "-> direct:5"],
    ["per-peer", "telegram:bot:direct:5", {}, "-> direct:5"],
    ["per-peer", "telegram:dm:5", {}, "-> direct:5"],
    ["per-peer", "dm:5", viaTelegram, "-> direct:5"],
    ["per-peer", "dm:5", {}, "peer-unknown"],
    ["per-peer", "matrix:direct:@a:server", {}, "-> direct:@a:server"],
    ["per-channel-peer", "direct:5", viaTelegram, "-> telegram:direct:5"],
    ["per-channel-peer", "telegram:bot:direct:5", {}, "-> telegram:direct:5"],
    ["per-channel-peer", "telegram:bot:direct:5", viaSignal, "-> telegram:direct:5"],
    ["per-account-channel-peer", "direct:5", viaTelegram, "-> telegram:bot:direct:5"],
    ["per-account-channel-peer", "telegram:direct:5", viaTelegram, "-> telegram:bot:direct:5"],
    ["per-account-channel-peer", "signal:direct:5", viaSignal, "-> signal:bot:direct:5"],
    ["per-channel-peer", "direct:5", { origin: { provider: "Telegram" } }, "-> telegram:direct:5"],
    ["per-channel-peer", "direct:5", {}, "channel-unknown"],
    ["per-channel-peer", "direct:5", { ...viaTelegram, ...viaSignal }, "channel-ambiguous"],
    ["per-account-channel-peer", "telegram:direct:5", {}, "account-unknown"],
    [
      "per-account-channel-peer",
      "telegram:direct:5",
      { lastAccountId: "a", origin: { accountId: "b" } },
      "account-ambiguous",
    ],
    ["per-channel-peer", "direct:5", { deliveryContext: { channel: "a:direct:b" } }, "no-key-possible"],
  ])("%s: %s %j", (scope, key, more, expected) => {
    expect(fates(scope, { [key]: rowAged(1, more) })).toEqual({ [key]: expected });
  });

  test.each<[DmScope, string]>([
    ["per-peer", "direct:5"],
    ["per-channel-peer", "telegram:direct:5"],
    ["per-channel-peer", "Telegram:direct:5"],
    ["per-account-channel-peer", "telegram:bot:direct:5"],
    ["per-peer", "main"],
    ["per-peer", "telegram:group:5"],
    ["per-peer", "telegram:direct:5:thread:9"],
    ["per-peer", "telegram:direct:5:topic:9"],
    ["per-peer", "telegram:direct:5:heartbeat"],
    ["per-peer", "cron:direct:x"],
    ["per-peer", "subagent:direct:x"],
  ])("%s: of %s nothing is said", (scope, key) => {
    expect(fates(scope, { [key]: rowAged(1) })).toEqual({});
  });

  test("what is protected or in use stays", () => {
    const key = "agent:main:telegram:direct:5";
    const rows = { [key]: rowAged(1) };
    const stays = (sketch: StoreSketch, rules: Rules = {}) =>
      fatesOf(verdicts("per-peer", { rows, ...sketch }, rules))["telegram:direct:5"];
    expect(stays({ locked: [key] })).toBe("in-use:locked");
    expect(stays({ rows: { [key]: rowAged(0.1, { status: "running" }) } })).toBe("in-use:running");
    expect(stays({ rows: { [key]: rowAged(1, { chatType: "group" }) } })).toBe("protected:chat-type");
    expect(stays({}, { activeKeys: ["agent:main:TELEGRAM:direct:5"] })).toBe("protected:active-key");
  });

  test("a binding with another scope may have made the key", () => {
    const rows = { "telegram:bot:direct:5": rowAged(1), "signal:bot:direct:6": rowAged(1) };
    const bindings = [{ dmScope: "per-account-channel-peer", agentId: "main", channel: "telegram" }] as const;
    expect(fates("per-channel-peer", rows, { bindings })).toEqual({
      "telegram:bot:direct:5": "bound-by-route",
      "signal:bot:direct:6": "-> signal:direct:6",
    });
  });
});

describe("rows that land on one key", () => {
  test("of one person the freshest gets it, and the others leave", () => {
    const rows = {
      "telegram:a:direct:5": rowAged(3),
      "telegram:b:direct:5": rowAged(1),
      "telegram:dm:5": rowAged(2),
    };
    expect(fates("per-channel-peer", rows)).toEqual({
      "telegram:a:direct:5": "retire-dm-scope",
      "telegram:b:direct:5": "-> telegram:direct:5",
      "telegram:dm:5": "retire-dm-scope",
    });
  });

  test.each([
    [2, 1, "retire-dm-scope", "freshest-row-of-person"],
    [1, 2, "-> telegram:direct:5", "retire-dm-scope"],
    [1, 1, "retire-dm-scope", "freshest-row-of-person"],
  ])("one of them has it already: %d and %d days old", (other, there, moved, present) => {
    const rows = { "telegram:a:direct:5": rowAged(other), "telegram:direct:5": rowAged(there) };
    expect(fates("per-channel-peer", rows)).toEqual({
      "telegram:a:direct:5": moved,
      "telegram:direct:5": present,
    });
  });

  const differing = { "telegram:direct:5": rowAged(1), "signal:direct:5": rowAged(2) };
  test("different peers stay apart", () => {
    expect(fates("per-peer", differing)).toEqual({
      "telegram:direct:5": "different-peers",
      "signal:direct:5": "different-peers",
    });
  });

  test.each([[["telegram:5", "signal:5"]], [["TELEGRAM:5 ", "Signal:5"]], [["5"]]])(
    "unless a link makes them one person: %j",
    (peers) => {
      expect(fates("per-peer", differing, { links: [{ name: "Ann", peers }] })).toEqual({
        "telegram:direct:5": "-> direct:ann",
        "signal:direct:5": "retire-dm-scope",
      });
    },
  );

  test("a link of one of them is none of the other", () => {
    expect(fates("per-peer", differing, { links: [{ name: "ann", peers: ["telegram:5"] }] })).toEqual({
      "telegram:direct:5": "-> direct:ann",
      "signal:direct:5": "-> direct:5",
    });
  });

  test("a row whose peer is not known is joined with nobody", () => {
    const rows = { "telegram:direct:5": rowAged(1), "direct:5": rowAged(2) };
    expect(fates("per-peer", rows)).toEqual({
      "telegram:direct:5": "peer-unknown",
      "direct:5": "peer-unknown",
    });
    const known = { ...rows, "direct:5": rowAged(2, viaTelegram) };
    expect(fates("per-peer", known)).toEqual({
      "telegram:direct:5": "-> direct:5",
      "direct:5": "retire-dm-scope",
    });
  });

  test("a peer that is called like a link is not taken for that person", () => {
    const links = [{ name: "ann", peers: ["telegram:5"] }];
    const rows = { "telegram:direct:5": rowAged(1), "irc:direct:ann": rowAged(2) };
    expect(fates("per-peer", rows, { links })).toEqual({
      "telegram:direct:5": "peer-unknown",
      "irc:direct:ann": "peer-unknown",
    });
    const alone = { "irc:direct:ann": rowAged(2) };
    expect(fates("per-peer", alone, { links })).toEqual({ "irc:direct:ann": "peer-unknown" });
    const linked = {
      "telegram:direct:5": rowAged(1),
      "direct:ann": rowAged(2, { origin: { provider: "telegram", from: "telegram:5" } }),
    };
    expect(fates("per-peer", linked, { links })).toEqual({
      "telegram:direct:5": "-> direct:ann",
      "direct:ann": "retire-dm-scope",
    });
  });

  test("if one of them is protected, all stay", () => {
    const rows = {
      "telegram:a:direct:5": rowAged(1, { chatType: "group" }),
      "telegram:b:direct:5": rowAged(2),
    };
    expect(fates("per-channel-peer", rows)).toEqual({
      "telegram:a:direct:5": "protected:chat-type",
      "telegram:b:direct:5": "another-row-protected",
    });
  });

  test.each([
    ["unknown", {}],
    ["far ahead", { updatedAt: now + 9e8 }],
  ])("if an age is %s, all stay, even where such rows are not protected", (_name, row) => {
    const rows = { "telegram:a:direct:5": { sessionId: "s1", ...row }, "telegram:b:direct:5": rowAged(2) };
    const [one, other] = Object.values(fates("per-channel-peer", rows, { preset: "openclaw-2026.5" }));
    expect([one, other]).toEqual(["age-unknown", "age-unknown"]);
  });

  test("a row that says another channel than its key stays, where the new key would say none", () => {
    const row = rowAged(1, { origin: { provider: "telegram", from: "5" } });
    const links = [{ name: "ann", peers: ["telegram:5", "signal:6"] }];
    expect(fates("per-peer", { "signal:a:direct:5": row }, { links })).toEqual({
      "signal:a:direct:5": "channel-ambiguous",
    });
    expect(fates("per-channel-peer", { "signal:a:direct:5": row })).toEqual({
      "signal:a:direct:5": "-> signal:direct:5",
    });
  });

  test("two spellings of one key that lead to different keys both stay", () => {
    const [a, b] = ["a", "b"].map((accountId) =>
      rowAged(1, { deliveryContext: { channel: "telegram", to: "5", accountId } }),
    );
    const rows = { "telegram:direct:5": a, "Telegram:direct:5": b };
    expect(fates("per-account-channel-peer", rows)).toEqual({
      "telegram:direct:5": "spelled-twice",
      "Telegram:direct:5": "spelled-twice",
    });
  });

  test("nothing moves to a key that a row keeps because its own group stays", () => {
    const ofLink = rowAged(1, { origin: { provider: "telegram", from: "5" } });
    const sketch = {
      rows: {
        "agent:main:signal:direct:5": rowAged(1),
        "agent:main:direct:5": ofLink,
        "agent:main:dm:5": ofLink,
      },
      locked: ["agent:main:dm:5"],
    };
    const links = [{ name: "ann", peers: ["telegram:5", "signal:6"] }];
    expect(fatesOf(verdicts("per-peer", sketch, { links }))).toEqual({
      "signal:direct:5": "key-taken",
      "direct:5": "another-row-protected",
      "dm:5": "in-use:locked",
    });
  });

  test("a row that can't be moved keeps its key to itself", () => {
    const rows = { "telegram:a:direct:5": rowAged(1), "telegram:direct:5": 7 };
    expect(fates("per-channel-peer", rows)).toEqual({ "telegram:a:direct:5": "key-taken" });
    const bindings = [{ dmScope: "main", agentId: "main", channel: "signal" }] as const;
    const bound = { "telegram:direct:5": rowAged(1), "direct:5": rowAged(1) };
    expect(fates("per-peer", bound, { bindings })).toEqual({
      "telegram:direct:5": "key-taken",
      "direct:5": "bound-by-route",
    });
  });
});

describe("rows that name a session", () => {
  const old = "agent:main:telegram:bot:direct:5";
  const fresh = "agent:main:telegram:direct:5";
  const checkpoint = { checkpointId: "c", sessionKey: old, sessionId: "s1" };

  test("follow it to its new key, whatever the spelling", () => {
    const rows = {
      [old]: rowAged(1, { usageFamilyKey: old }),
      "agent:main:subagent:1": rowAged(1, { spawnedBy: old, parentSessionKey: old.toUpperCase() }),
      "agent:main:main": rowAged(1, { compactionCheckpoints: [{ checkpointId: "b" }, checkpoint] }),
      [`${old}:heartbeat`]: rowAged(1, { heartbeatIsolatedBaseSessionKey: old }),
      "agent:main:other": rowAged(1, { spawnedBy: "agent:main:main" }),
    };
    const given = verdicts("per-channel-peer", { rows });
    expect(given.map(({ key, change }) => [key, change])).toEqual([
      [old, { key: fresh, fields: { usageFamilyKey: fresh } }],
      ["agent:main:subagent:1", { fields: { spawnedBy: fresh, parentSessionKey: fresh } }],
      [
        "agent:main:main",
        { fields: { compactionCheckpoints: [{ checkpointId: "b" }, { ...checkpoint, sessionKey: fresh }] } },
      ],
      [`${old}:heartbeat`, { fields: { heartbeatIsolatedBaseSessionKey: fresh } }],
    ]);
    expect(given.every(({ reasons }) => reasons.length > 0)).toBe(true);
  });

  test("of a session that leaves, they follow to the one that goes on", () => {
    const rows = {
      [old]: rowAged(2, { usageFamilyKey: old }),
      [fresh]: rowAged(1),
      "agent:main:subagent:1": rowAged(1, { spawnedBy: old }),
    };
    expect(
      verdicts("per-channel-peer", { rows }).map(({ key, action, change }) => [key, action, change]),
    ).toEqual([
      [old, "retire-dm-scope", undefined],
      [fresh, "keep", undefined],
      ["agent:main:subagent:1", "keep", { fields: { spawnedBy: fresh } }],
    ]);
  });

  test("if one of them is in use, or of another agent, the session stays", () => {
    const naming = { "agent:work:subagent:1": rowAged(0.1, { spawnedBy: old, status: "running" }) };
    const rows = { [old]: rowAged(1), ...naming };
    expect(fatesOf(verdicts("per-channel-peer", { rows }))).toEqual({
      "telegram:bot:direct:5": "named-by-fixed-row",
    });
    const done = { [old]: rowAged(1), "agent:work:subagent:1": rowAged(9, { spawnedBy: old }) };
    const target = { shared: true, onlyAgentRows: true } as const;
    expect(fatesOf(verdicts("per-channel-peer", { rows: done, target }))).toEqual({
      "telegram:bot:direct:5": "named-by-fixed-row",
    });
    expect(fatesOf(verdicts("per-channel-peer", { rows: done }))).toMatchObject({
      "telegram:bot:direct:5": "-> telegram:direct:5",
    });
  });

  test("so does one that a row of another index names, or may name", () => {
    const rows = { [old]: rowAged(1) };
    const keysNamedElsewhere = new Set([old.toUpperCase()]);
    expect(fatesOf(verdicts("per-channel-peer", { rows }, { keysNamedElsewhere }))).toEqual({
      "telegram:bot:direct:5": "named-by-fixed-row",
    });
    expect(fatesOf(verdicts("per-channel-peer", { rows, unread: ["/other/sessions.json"] }))).toEqual({
      "telegram:bot:direct:5": "references-unknown",
    });
  });
});
