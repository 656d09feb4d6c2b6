import { scanIndex } from "@sessionsmith/core";
import { array, assert, constantFrom, integer, property, record, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import { type KeyOrigin, keyOrigins } from "../../src/keys/wanted-keys.ts";
import { assignKeys, type KeySeeker } from "../../src/plan/assign-keys.ts";
import type { MigrationTarget } from "../../src/plan/migration-target.ts";

function target(index = "{}"): MigrationTarget {
  const scan = scanIndex(Buffer.from(index));
  if (!scan.readable) throw new Error("not an index");
  const identity = { sha256: "", size: 0, dev: "1", ino: "1", mtimeNs: "0" };
  const store = { agentId: "main", indexPath: "/s/sessions.json", realDir: "/s", index: identity };
  return { store, document: scan.document, names: new Set(), missing: false };
}

function seeker(id: string, updatedAt: number, origin: KeyOrigin, ...keys: readonly string[]): KeySeeker {
  const wanted = { origin, agentId: "main", keys };
  return { legacyId: id, sessionId: id, path: `/w/${id}.json`, name: `${id}.json`, updatedAt, wanted };
}

function keysOf(seekers: readonly KeySeeker[], index?: string): Readonly<Record<string, readonly string[]>> {
  const keysFor = assignKeys(seekers, target(index), { agentId: "main" });
  return Object.fromEntries(seekers.map((one, n) => [one.legacyId, keysFor(one, n).keys]));
}

test("the stronger claim gets the key, whatever was used last", () => {
  const mapped = seeker("a", 1, "map", "agent:main:main");
  const guessed = seeker("main-main", 9, "id", "agent:main:main");
  expect(keysOf([guessed, mapped])).toEqual({
    a: ["agent:main:main"],
    "main-main": ["agent:main:legacy:main-main"],
  });
});

test("among equals the one that was used last gets it, in any order", () => {
  const [older, newer] = [seeker("a", 1, "map", "agent:main:x"), seeker("b", 2, "map", "agent:main:x")];
  const expected = { b: ["agent:main:x"], a: ["agent:main:legacy:a"] };
  expect(keysOf([older, newer])).toEqual(expected);
  expect(keysOf([newer, older])).toEqual(expected);
});

test("a row of the store keeps its key, also under another spelling", () => {
  const index = '{"main":{"sessionId":"old","updatedAt":1}}';
  expect(keysOf([seeker("a", 9, "map", "agent:main:main")], index)).toEqual({ a: ["agent:main:legacy:a"] });
});

test("a session keeps all keys that lead to it, but for those that are taken", () => {
  const seekers = [
    seeker("a", 9, "map", "agent:main:x", "agent:main:y"),
    seeker("b", 1, "map", "agent:main:y"),
  ];
  const [first, second] = seekers.map(assignKeys(seekers, target(), { agentId: "main" }));
  expect(first?.keys).toEqual(["agent:main:x", "agent:main:y"]);
  expect(second?.keys).toEqual(["agent:main:legacy:b"]);
  expect(second?.findings).toMatchObject([
    { id: "legacy-key-changed", place: { key: "agent:main:y" }, details: { key: "agent:main:legacy:b" } },
  ]);
});

test("ids that differ in case only get keys that differ", () => {
  const keys = keysOf([
    seeker("A", 2, "legacy", "agent:main:legacy:a"),
    seeker("a", 1, "legacy", "agent:main:legacy:a"),
  ]);
  expect(keys["A"]).toEqual(["agent:main:legacy:a"]);
  expect(keys["a"]?.[0]).toMatch(/^agent:main:legacy:a-[0-9a-f]{8}$/);
});

test("of any number of sessions each gets a key, no key two of them, and the strongest claim to a key gets it", () => {
  const wanted = uniqueArray(constantFrom("x", "y", "z", "legacy:0", "legacy:1"), { maxLength: 3 });
  const claim = record({
    origin: constantFrom(...keyOrigins),
    updatedAt: integer({ min: 0, max: 2 }),
    wanted,
  });
  assert(
    property(array(claim, { maxLength: 8 }), (claims) => {
      const seekers = claims.map((one, n) =>
        seeker(String(n), one.updatedAt, one.origin, ...one.wanted.map((key) => `agent:main:${key}`)),
      );
      const given = keysOf(seekers, '{"agent:main:y":{"sessionId":"old","updatedAt":1}}');
      const all = Object.values(given).flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all).not.toContain("agent:main:y");
      for (const one of seekers) expect(given[one.legacyId]?.length).toBeGreaterThan(0);
      const sought = new Set(seekers.flatMap((one) => one.wanted.keys));
      sought.delete("agent:main:y");
      for (const key of sought) {
        const [strongest] = seekers.filter((one) => one.wanted.keys.includes(key)).toSorted(byClaim);
        expect(given[strongest?.legacyId ?? ""]).toContain(key);
      }
    }),
  );
});

function byClaim(a: KeySeeker, b: KeySeeker): number {
  return rankOf(a) - rankOf(b) || b.updatedAt - a.updatedAt;
}

function rankOf({ wanted }: KeySeeker): number {
  return keyOrigins.indexOf(wanted.origin);
}
