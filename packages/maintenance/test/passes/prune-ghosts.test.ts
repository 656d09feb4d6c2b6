import { expect, test } from "vitest";
import { pruneGhosts } from "../../src/passes/prune-ghosts.ts";
import { hourMs, now, rowAged } from "../snapshot-builder.ts";
import { verdictsOf } from "./verdicts-of.ts";
import type { ReadSketch } from "./verdicts-of.ts";

const key = "agent:main:direct:ann";
const ghost = (row: object): ReadSketch => ({
  rows: { [key]: row },
  files: { "s1.jsonl": {} },
  messages: { "s1.jsonl": "none" },
});
const presets = ["safe", "openclaw-2026.5"] as const;

test.each([
  ["older than the minimum age", rowAged(1), "prune-ghost: transcript-without-message"],
  [
    "younger",
    { sessionId: "s1", updatedAt: now - hourMs + 1 },
    "keep: transcript-without-message, younger-than-minimum-age",
  ],
  ["of unknown age", { sessionId: "s1" }, "keep: transcript-without-message, unknown-age"],
  [
    "with data of this product",
    rowAged(1, { pluginExtensions: { sessionsmith: {} } }),
    "keep: transcript-without-message, protected:managed",
  ],
  ["of a group", rowAged(1, { chatType: "group" }), "keep: transcript-without-message, protected:chat-type"],
  ["that runs", rowAged(0.5, { status: "running" }), "keep: transcript-without-message, in-use:running"],
])("a session without a message, %s", (_, row, verdict) => {
  for (const preset of presets) expect(verdictsOf(pruneGhosts, ghost(row), { preset })[key]).toBe(verdict);
});

test.each(["some", "too-large", "unparsable"] as const)("a transcript that is %s is no ghost", (presence) => {
  expect(verdictsOf(pruneGhosts, { ...ghost(rowAged(1)), messages: { "s1.jsonl": presence } })).toEqual({});
});

test("a missing transcript, and one that could not be read, is no ghost", () => {
  expect(verdictsOf(pruneGhosts, { rows: { [key]: rowAged(1) } })).toEqual({});
  expect(verdictsOf(pruneGhosts, { ...ghost(rowAged(1)), messages: {} })).toEqual({});
});

test("only rows of the kinds that were asked for", () => {
  expect(verdictsOf(pruneGhosts, ghost(rowAged(1)), { kinds: ["cron"] })).toEqual({});
  expect(verdictsOf(pruneGhosts, ghost(rowAged(1)), { kinds: ["cron", "direct"] })).toHaveProperty([key]);
});
