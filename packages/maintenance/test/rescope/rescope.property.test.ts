import {
  checkPlanBalance,
  dmScopes,
  isDirectMessageKey,
  isJsonObject,
  parseSessionKey,
  referencedKeys,
} from "@sessionsmith/core";
import type { IdentityLink, JsonValue, PlanPart, RowDecision } from "@sessionsmith/core";
import {
  assert,
  constant,
  constantFrom,
  double,
  oneof,
  option,
  property,
  record,
  subarray,
  uniqueArray,
} from "fast-check";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { planCleanup } from "../../src/plan-cleanup.ts";
import { listRescoped } from "../../src/rescope/list-rescoped.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, dayMs, now } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

const keys = [
  "direct:5 direct:ann dm:5 telegram:direct:5 telegram:dm:5 Telegram:direct:5 telegram:direct:ann",
  "telegram:a:direct:5 telegram:b:direct:5 signal:direct:5 signal:direct:6 signal:a:direct:5",
  "main telegram:direct:5:thread:9 telegram:direct:5:heartbeat cron:direct:5 subagent:1 telegram:group:5",
].flatMap((rests) => rests.split(" ").map((rest) => `agent:main:${rest}`));
/** Most rows are free to move. */
const rarely = (word: string) => oneof({ weight: 20, arbitrary: constant("other") }, constant(word));
const channel = constantFrom("telegram", "signal");
const ids = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"];

const row = record(
  {
    sessionId: constantFrom(...ids),
    updatedAt: double({ min: 0, max: 20, noNaN: true }).map((days) => Math.round(now - days * dayMs)),
    deliveryContext: record({
      channel,
      to: constantFrom("5", "telegram:5", "6"),
      accountId: constantFrom("a", "b"),
    }),
    origin: record({ provider: channel, from: constantFrom("5", "signal:6") }),
    spawnedBy: constantFrom(...keys),
    compactionCheckpoints: constantFrom(...keys).map((sessionKey) => [{ checkpointId: "c", sessionKey }]),
    status: rarely("running"),
    chatType: rarely("group"),
  },
  { requiredKeys: ["sessionId", "updatedAt"] },
);
const store = record({
  rows: uniqueArray(
    record({ key: constantFrom(...keys), row: oneof({ weight: 12, arbitrary: row }, constantFrom(7)) }),
    {
      selector: ({ key }) => key,
      maxLength: 14,
    },
  ).map((members) => Object.fromEntries(members.map(({ key, row: value }) => [key, value]))),
  files: subarray(ids.map((id) => `${id}.jsonl`)).map((names) =>
    Object.fromEntries(names.map((name) => [name, {}])),
  ),
  locked: oneof(constant<string[]>([]), subarray(keys, { maxLength: 2 })),
});
const links = constantFrom<readonly IdentityLink[]>(
  [],
  [{ name: "ann", peers: ["telegram:5", "signal:6"] }],
  [{ name: "Ann", peers: ["5"] }],
);
/** Mostly without bindings, and mostly a rescope: otherwise few rows come together. */
const rules = record({
  order: constantFrom("fixDmScope", "rescope", "rescope", "rescope"),
  scope: constantFrom(...dmScopes),
  preset: constantFrom("safe", "openclaw-2026.5"),
  identityLinks: links,
  bindings: oneof(
    { weight: 4, arbitrary: constant(undefined) },
    record({
      dmScope: constantFrom(...dmScopes),
      agentId: constantFrom("main", null),
      channel: option(channel),
    }),
  ),
}).filter(({ order, scope }) => order === "fixDmScope" || scope !== "main");

type Rules = Parameters<typeof policyOf>[0];

function policyOf(given: {
  readonly order: string;
  readonly scope: (typeof dmScopes)[number];
  readonly preset: CleanupPolicy["preset"];
  readonly identityLinks: readonly IdentityLink[];
  readonly bindings: CleanupPolicy["dmRouting"]["bindings"][number] | undefined;
}): CleanupPolicy {
  const { order, scope, preset, identityLinks, bindings } = given;
  const orders = { ...aPolicy().orders, maintenance: false, [order]: true };
  const dmRouting = { scope, bindings: bindings === undefined ? [] : [bindings], identityLinks };
  return aPolicy({ preset, orders, dmRouting });
}

function planned(sketch: StoreSketch, given: Rules): PlanPart {
  const stores = [{ snapshot: aSnapshot(sketch) }];
  const [part] = planCleanup({ stores, policy: policyOf(given), now, createdAt: now }).parts;
  if (part === undefined) throw new Error("no part");
  return part;
}

/** The index after the plan, as text. */
function indexAfter(sketch: StoreSketch, part: PlanPart): string {
  const { bytes } = aSnapshot(sketch).document;
  const rewrite = part.steps.find((step) => step.kind === "write-index");
  if (rewrite?.content.source !== "splice") return bytes.toString();
  let from = 0;
  const kept = rewrite.content.edits.map(({ at, remove, insert }) => {
    const before = bytes.subarray(from, at).toString();
    from = at + remove;
    return before + insert;
  });
  return kept.join("") + bytes.subarray(from).toString();
}

function afterApplying(sketch: StoreSketch, part: PlanPart): StoreSketch {
  const moved = new Set(part.steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : [])));
  const files = Object.fromEntries(Object.entries(sketch.files ?? {}).filter(([name]) => !moved.has(name)));
  const names = new Map(part.rows.map(({ key, change }) => [key, change?.key ?? key]));
  const locked = sketch.locked?.map((key) => names.get(key) ?? key);
  return { index: indexAfter(sketch, part), files, locked: locked ?? [] };
}

function byKey({ rows }: PlanPart): readonly RowDecision[] {
  return [...rows].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** A row as it is drawn; nothing of a value that is no row. */
function entryOf({ rows = {} }: StoreSketch, key: string): ReturnType<typeof JSON.parse> {
  return isJsonObject(rows[key]) ? rows[key] : {};
}

function withoutReferences(entry: JsonValue): JsonValue {
  if (!isJsonObject(entry)) return entry;
  const { spawnedBy: _parent, compactionCheckpoints: _checkpoints, ...rest } = entry;
  return rest;
}

describe("fix-dm-scope and rescope", () => {
  test("no two rows share a key afterwards, and every row is there, unchanged, or has left by name", () => {
    assert(
      property(store, rules, (sketch, given) => {
        const part = planned(sketch, given);
        expect(checkPlanBalance(part)).toEqual([]);
        const after: Record<string, JsonValue> = JSON.parse(indexAfter(sketch, part));
        const before: Record<string, JsonValue> = JSON.parse(JSON.stringify(sketch.rows));
        const stay = part.rows.filter(({ action }) => action === "keep");
        expect(Object.keys(after)).toEqual(stay.map(({ key, change }) => change?.key ?? key));
        for (const { key, change } of stay) {
          const [became, was] = [after[change?.key ?? key] ?? null, before[key] ?? null];
          expect(withoutReferences(became)).toEqual(withoutReferences(was));
        }
      }),
    );
  });

  test("only direct messages move or leave", () => {
    assert(
      property(store, rules, (sketch, given) => {
        const touched = planned(sketch, given).rows.filter(
          ({ action, change }) => action !== "keep" || change?.key !== undefined,
        );
        const isTheirs = (key: string) =>
          given.preset === "openclaw-2026.5" && key === "agent:main:cron:direct:5";
        expect(touched.filter(({ key }) => !isDirectMessageKey(key) && !isTheirs(key))).toEqual([]);
      }),
    );
  });

  test("a transcript leaves only with every row that has it, and with its row unless one stays", () => {
    assert(
      property(store, rules, (sketch, given) => {
        const part = planned(sketch, given);
        const { references } = aSnapshot(sketch);
        const left = new Set(part.rows.filter(({ action }) => action !== "keep").map(({ key }) => key));
        const moved = new Set(part.steps.flatMap((step) => (step.kind === "move-file" ? [step.from] : [])));
        for (const [name, owners] of references.rowsByFile) {
          const isLeft = owners.every((key) => left.has(key));
          expect(moved.has(name)).toBe(isLeft);
        }
      }),
    );
  });

  test("planning on the result changes nothing", () => {
    assert(
      property(store, rules, (sketch, given) => {
        const part = planned(sketch, given);
        expect(planned(afterApplying(sketch, part), given).steps).toEqual([]);
      }),
    );
  });

  test("the order of rows does not matter", () => {
    assert(
      property(store, rules, (sketch, given) => {
        const reversed = Object.fromEntries(Object.entries(sketch.rows).toReversed());
        expect(byKey(planned({ ...sketch, rows: reversed }, given))).toEqual(byKey(planned(sketch, given)));
      }),
    );
  });

  test("without links, sessions come together only if they are of one peer, by key or by what the row says", () => {
    assert(
      property(store, rules, (sketch, given) => {
        if (given.order !== "rescope") return;
        const unlinked = { ...given, identityLinks: [] };
        const part = planned(sketch, unlinked);
        const peerOf = (key: string): string => {
          const parsed = parseSessionKey(key);
          const { deliveryContext, origin } = entryOf(sketch, key);
          if (parsed.form !== "direct") return key;
          return `${parsed.channel ?? deliveryContext?.channel ?? origin?.provider}:${parsed.peer}`;
        };
        for (const { from, to, joins } of listRescoped(part, aSnapshot(sketch), policyOf(unlinked))) {
          const [survivor, ...others] = part.rows.filter(
            ({ key, action, change }) => action === "keep" && (change?.key ?? key) === to,
          );
          expect(others).toEqual([]);
          expect([peerOf(survivor?.key ?? "nobody"), joins]).toEqual([peerOf(from), [peerOf(from)]]);
        }
      }),
    );
  });

  test("no row names a session by a key that it had before it was moved", () => {
    assert(
      property(store, rules, (sketch, given) => {
        if (given.order !== "rescope") return;
        const part = planned(sketch, given);
        const stay = new Set(
          part.rows.flatMap(({ key, action, change }) => (action === "keep" ? [change?.key ?? key] : [])),
        );
        const gone = new Set(part.rows.map(({ key }) => key).filter((key) => !stay.has(key)));
        const after: Record<string, JsonValue> = JSON.parse(indexAfter(sketch, part));
        const named = Object.values(after).flatMap((value) =>
          isJsonObject(value) ? [...referencedKeys(value)] : [],
        );
        expect(named.filter((key) => gone.has(key))).toEqual([]);
      }),
    );
  });

  test("what is locked or shared neither moves nor leaves", () => {
    assert(
      property(store, rules, (sketch, given) => {
        for (const { key, action, change } of planned(sketch, given).rows) {
          const isShared = entryOf(sketch, key).chatType === "group" && given.preset === "safe";
          if (!sketch.locked.includes(key) && !isShared) continue;
          expect([action, change?.key]).toEqual(["keep", undefined]);
        }
      }),
    );
  });
});
