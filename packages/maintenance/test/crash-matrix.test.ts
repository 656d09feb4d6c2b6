import { readMessagePresences, readOrphanClues, scanStore, addPromptBlobs } from "@sessionsmith/core";
import type { Plan, PlanPart } from "@sessionsmith/core";
import {
  fromState,
  memoryFs,
  memoryHost,
  type MemoryFs,
  tree,
  type TreeSpec,
  writeTree,
} from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { crashCounter } from "../../core/test/engine/crash-count.ts";
import { applyScenario, sessionsDir } from "../../core/test/engine/operation-scenarios.ts";
import type { CleanupOrders, CleanupPolicy } from "../src/cleanup-policy.ts";
import { orphanCandidates } from "../src/orphan-candidates.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { noFacts } from "../src/store-facts.ts";
import { partOf, removedKeys } from "./planned-store.ts";
import { aPolicy } from "./policy-builder.ts";
import { dayMs, now } from "./snapshot-builder.ts";

const header = '{"type":"session","version":3,"id":"s","timestamp":"2026-01-01T00:00:00.000Z","cwd":"/w"}\n';
const spoken = `${header}{"type":"message","message":{"role":"user","content":"hi"}}\n`;

const atDaysAgo = (days: number): bigint => BigInt(now - days * dayMs) * 1_000_000n;
const file = (content: string, days = 2) => ({ content, mtimeNs: atDaysAgo(days) });
const row = (sessionId: string, days: number, more: object = {}) => ({
  sessionId,
  updatedAt: now - days * dayMs,
  ...more,
});
const lease = { pluginExtensions: { sessionsmith: { lease: { expiresAt: now - dayMs } } } };
const probe = "agent:main:explicit:model-run-00000000-0000-4000-8000-000000000001";

/** A store with something for every pass, and something that stays beside it. */
const store: TreeSpec = {
  "sessions.json": JSON.stringify(
    {
      "agent:main:main": row("main", 1, { x: 1e2 }),
      "agent:main:telegram:direct:stale": row("stale", 40),
      "agent:main:telegram:direct:missing": row("gone", 2),
      "agent:main:telegram:direct:pointer": row("mended", 2, { sessionFile: "nowhere.jsonl" }),
      "agent:main:telegram:direct:leased": row("leased", 2, lease),
      "agent:main:telegram:direct:ghost": row("ghost", 2),
      [probe]: row("probe", 3),
      "agent:main:cron:job": row("job", 4),
    },
    null,
    2,
  ),
  ...Object.fromEntries(
    ["main", "stale", "mended", "leased", "probe", "job"].map((id) => [
      `${id}.jsonl`,
      file(`${spoken}"${id}"\n`),
    ]),
  ),
  "stale.trajectory.jsonl": file("steps\n"),
  "ghost.jsonl": file(header),
  "orphan.jsonl": file(`${spoken}"nobody's"\n`, 50),
  "old.jsonl.deleted.2026-03-01T00-00-00.000Z": file("an archive\n", 50),
  "notes.txt": file("mine\n", 50),
};

function startOf(spec: TreeSpec) {
  const fs = memoryFs();
  writeTree(fs, sessionsDir, spec);
  writeTree(fs, "/elsewhere", { "other.txt": "not ours\n" });
  return fs.state();
}

const start = startOf(store);

function planOn(fs: MemoryFs, policy: CleanupPolicy): Plan {
  const target = {
    indexPath: `${sessionsDir}/sessions.json`,
    sessionsDir,
    agentId: "main",
    origin: "configured",
    shared: false,
  } as const;
  const snapshot = addPromptBlobs(fs, scanStore(memoryHost(fs, 1, now), target, { nowMs: now }));
  const orphans = readOrphanClues(fs, snapshot.realDir, orphanCandidates(snapshot, { ...policy, now }));
  const facts = { ...noFacts, messages: readMessagePresences(fs, snapshot), orphans };
  return planCleanup({ stores: [{ snapshot, facts }], policy, now, createdAt: now });
}

/** Only these orders; what the settings rule only where it is asked for. */
function orders(...given: readonly (keyof CleanupOrders)[]): CleanupOrders {
  const none = { ...aPolicy().orders, maintenance: false };
  return { ...none, ...Object.fromEntries(given.map((name) => [name, true])) };
}

const actionsOf = ({ rows }: PlanPart): readonly string[] =>
  rows.filter(({ action }) => action !== "keep").map(({ action }) => action);
const leavingBy = ({ files }: PlanPart, pass: string): readonly string[] =>
  files.filter((one) => one.action !== "keep" && one.pass === pass).map(({ name }) => name);
const perPeer = { scope: "per-channel-peer", bindings: [], identityLinks: [] } as const;
const dmRows = {
  ...store,
  "sessions.json": JSON.stringify({
    "agent:main:direct:7": row("mended", 3, { origin: { provider: "telegram" }, lastChannel: "telegram" }),
    "agent:main:telegram:direct:7": row("stale", 4),
    "agent:main:main": row("main", 1),
  }),
};

/** Each pass: what asks for it, and what shows that it took something. */
const passes: readonly {
  readonly name: string;
  readonly changes: Partial<CleanupPolicy>;
  readonly shows: (part: PlanPart) => unknown;
  readonly expected: unknown;
  readonly spec?: TreeSpec;
}[] = [
  {
    name: "fix-missing",
    changes: { orders: orders("fixMissing") },
    shows: (part) => [
      actionsOf(part),
      part.rows.filter(({ change }) => change !== undefined).map(({ change }) => change),
    ],
    expected: [["prune-missing", "prune-missing"], [{ cleared: ["sessionFile"] }]],
  },
  {
    name: "fix-dm-scope",
    changes: { orders: orders("fixDmScope") },
    shows: (part) => new Set(actionsOf(part)),
    expected: new Set(["retire-dm-scope"]),
  },
  {
    name: "rescope",
    spec: dmRows,
    changes: { orders: orders("rescope"), dmRouting: perPeer },
    shows: actionsOf,
    expected: ["retire-dm-scope"],
  },
  {
    name: "expired",
    changes: { orders: orders("expired") },
    shows: actionsOf,
    expected: ["prune-expired"],
  },
  { name: "ghosts", changes: { orders: orders("ghosts") }, shows: actionsOf, expected: ["prune-ghost"] },
  {
    name: "older-than",
    changes: { orders: orders("olderThan"), olderThanMs: 3.5 * dayMs },
    shows: actionsOf,
    expected: ["prune-stale", "prune-stale"],
  },
  { name: "prune", changes: {}, shows: actionsOf, expected: ["prune-stale"] },
  {
    name: "a rule that keeps the metadata only",
    changes: { rules: [{ match: { key: "*:stale" }, stage: "metadata", pruneAfterMs: dayMs }] },
    shows: ({ rows }) => rows.filter(({ change }) => change?.detached === true).map(({ key }) => key),
    expected: ["agent:main:telegram:direct:stale"],
  },
  {
    name: "a rule with a cap",
    changes: {
      rules: [{ match: { key: "*:telegram:*" }, stage: "full", pruneAfterMs: 99 * dayMs, maxEntries: 1 }],
    },
    shows: (part) => new Set(actionsOf(part)),
    expected: new Set(["cap-overflow"]),
  },
  {
    name: "model probes",
    changes: { maxEntries: 2, pruneAfterMs: 99 * dayMs },
    shows: (part) => actionsOf(part).includes("prune-model-run"),
    expected: true,
  },
  {
    name: "cap",
    changes: { preset: "openclaw-2026.5", maxEntries: 4, pruneAfterMs: 99 * dayMs },
    shows: actionsOf,
    expected: ["cap-overflow", "cap-overflow", "cap-overflow", "cap-overflow"],
  },
  {
    name: "archives",
    changes: {},
    shows: (part) => leavingBy(part, "archive"),
    expected: ["old.jsonl.deleted.2026-03-01T00-00-00.000Z"],
  },
  {
    name: "artifacts",
    changes: {},
    shows: (part) => leavingBy(part, "artifact"),
    expected: ["orphan.jsonl"],
  },
  {
    name: "disk budget",
    changes: { pruneAfterMs: 99 * dayMs, maxDiskBytes: 700, highWaterBytes: 600 },
    shows: (part) => [
      actionsOf(part).includes("evict-budget"),
      leavingBy(part, "budget").includes("orphan.jsonl"),
    ],
    expected: [true, true],
  },
];

/** What a session used up is on stable storage before its row leaves. */
function requireRecorded(fs: MemoryFs, keys: readonly string[]): void {
  const files = tree(fs, sessionsDir);
  const [index = "{}", ledger = ""] = ["sessions.json", ".sessionsmith/ledger.jsonl"].map((name) =>
    files.get(name)?.bytes?.toString(),
  );
  const unrecorded = keys.filter(
    (key) => !Object.hasOwn(JSON.parse(index), key) && !ledger.includes(`"${key}"`),
  );
  if (unrecorded.length > 0) throw new Error(`nothing was written down of ${unrecorded.join(", ")}`);
}

describe("a crash before any call of a cleanup", () => {
  const crashEverywhere = crashCounter("passes of cleanup");
  test.each(passes)("$name", async ({ name, changes, shows, expected, spec }) => {
    const from = spec === undefined ? start : startOf(spec);
    const policy = aPolicy(changes);
    expect(shows(partOf(planOn(fromState(from), policy)))).toEqual(expected);
    const scenario = await applyScenario(name, from, (fs) => planOn(fs, policy));
    const leaving = removedKeys(partOf(planOn(fromState(from), policy)));
    const checkCrashed = (crashed: MemoryFs): void => {
      scenario.checkCrashed?.(crashed);
      requireRecorded(crashed, leaving);
    };
    expect(await crashEverywhere({ ...scenario, checkCrashed }, 40)).toBeGreaterThan(50);
  });
});
