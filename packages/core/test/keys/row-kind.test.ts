import { expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { isOfKind, type RowKind } from "../../src/keys/row-kind.ts";

function asks(key: string, kinds: readonly RowKind[], entry?: JsonObject): boolean {
  return isOfKind({ key, entry: () => entry }, new Set(kinds), "hall");
}

test.each<[boolean, string, readonly RowKind[], JsonObject?]>([
  [true, "agent:main:cron:job", ["cron"]],
  [false, "agent:main:cron:job:run:1", ["cron"]],
  [true, "agent:main:cron:job:run:1", ["direct", "cron-run"]],
  [true, "agent:main:hall", ["main"]],
  [false, "agent:main:hall", []],
  [true, "agent:main:dashboard:1", ["spawn-child"], { spawnedBy: "agent:main:main" }],
  [false, "agent:main:dashboard:1", ["spawn-child"], {}],
  [false, "agent:main:dashboard:1", ["spawn-child"]],
  // OpenClaw's word for a cron row is cron, whoever spawned it.
  [false, "agent:main:cron:job", ["spawn-child"], { spawnedBy: "agent:main:main" }],
])("%s: %s asked for by %j", (expected, key, kinds, entry) => {
  expect(asks(key, kinds, entry)).toBe(expected);
});

function neverParsed(): never {
  throw new Error("parsed");
}

test("a row is parsed only if its key can't answer", () => {
  expect(
    isOfKind({ key: "agent:main:cron:job", entry: neverParsed }, new Set(["cron", "spawn-child"]), "main"),
  ).toBe(true);
  expect(isOfKind({ key: "agent:main:cron:job", entry: neverParsed }, new Set(["hook"]), "main")).toBe(false);
});
