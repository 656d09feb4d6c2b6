import { expect, test } from "vitest";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { noFacts } from "../../src/store-facts.ts";
import { pruneStale } from "../../src/passes/prune-stale.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, dayMs, now, rowAged } from "../snapshot-builder.ts";
import { verdictsOf } from "./verdicts-of.ts";

const old = now - 60 * dayMs;
const recent = now - dayMs;

test.each([
  [
    "a row older than the limit leaves",
    { updatedAt: now - 30 * dayMs - 1 },
    "prune-stale",
    ["older-than-prune-after"],
  ],
  ["a row as old as the limit stays", { updatedAt: now - 30 * dayMs }, "keep", ["within-prune-after"]],
  ["a row updated just now stays", { updatedAt: now }, "keep", ["within-prune-after"]],
  [
    "a clock that differs by a day is no surprise",
    { updatedAt: now + dayMs },
    "keep",
    ["within-prune-after"],
  ],
  ["a time far in the future is named", { updatedAt: now + dayMs + 1 }, "keep", ["updated-in-the-future"]],
  [
    "a protected row stays",
    { updatedAt: old, chatType: "group" },
    "keep",
    ["older-than-prune-after", "protected:chat-type"],
  ],
  ["recent seconds are understood", { updatedAt: recent / 1000 }, "keep", ["within-prune-after"]],
  ["recent microseconds are understood", { updatedAt: recent * 1000 }, "keep", ["within-prune-after"]],
  [
    "recent ISO text is understood",
    { updatedAt: new Date(recent).toISOString() },
    "keep",
    ["within-prune-after"],
  ],
  [
    "old ISO text is understood",
    { updatedAt: new Date(old).toISOString() },
    "prune-stale",
    ["older-than-prune-after"],
  ],
  ["no time", {}, "keep", ["unknown-age"]],
  ["zero", { updatedAt: 0 }, "keep", ["unknown-age"]],
  ["negative", { updatedAt: -5 }, "keep", ["unknown-age"]],
  ["null", { updatedAt: null }, "keep", ["unknown-age"]],
  ["text without a zone", { updatedAt: "2020-01-01T00:00:00" }, "keep", ["unknown-age"]],
])("%s", (_name, row, action, reasons) => {
  const key = "agent:main:direct:ann";
  const snapshot = aSnapshot({ rows: { [key]: { sessionId: "s1", ...row } } });
  for (const preset of ["safe", "openclaw-2026.5"] as const) {
    const view = openCleanupView({
      snapshot,
      facts: noFacts,
      policy: aPolicy({ preset }),
      now,
      rows: snapshot.rows,
    });
    expect(pruneStale(view)).toEqual([{ key, action, reasons }]);
  }
});

test("an age given by hand is about rows of its kinds; the others have the age of the settings, if those act", () => {
  const rows = {
    "agent:main:cron:job": rowAged(2),
    "agent:main:cron:busy": rowAged(0.9, { status: "running" }),
    "agent:main:hook:new": rowAged(2),
    "agent:main:hook:old": rowAged(31),
  };
  const { orders } = aPolicy();
  const order = { olderThanMs: dayMs / 2, kinds: ["cron"] } as const;
  const byHand = {
    "agent:main:cron:job": "prune-stale: older-than-prune-after",
    "agent:main:cron:busy": "keep: older-than-prune-after, in-use:running",
  };
  expect(verdictsOf(pruneStale, { rows }, { ...order, orders: { ...orders, maintenance: false } })).toEqual({
    ...byHand,
    "agent:main:hook:new": "keep: other-kind",
    "agent:main:hook:old": "keep: other-kind",
  });
  expect(verdictsOf(pruneStale, { rows }, order)).toEqual({
    ...byHand,
    "agent:main:hook:new": "keep: within-prune-after",
    "agent:main:hook:old": "prune-stale: older-than-prune-after",
  });
});

test("without kinds it is about all rows, and takes the place of the age of the settings", () => {
  const rows = { "agent:main:direct:ann": rowAged(31), "agent:main:direct:bob": rowAged(2) };
  expect(verdictsOf(pruneStale, { rows }, { olderThanMs: 40 * dayMs })).toEqual({
    "agent:main:direct:ann": "keep: within-prune-after",
    "agent:main:direct:bob": "keep: within-prune-after",
  });
});
