import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { isManagedEntry, leaseStatus, readLease } from "../../src/model/lease.ts";

function row(lease: JsonObject): JsonObject {
  return { sessionId: "s", pluginExtensions: { sessionsmith: { lease } } };
}

const lease = {
  user: "alice",
  ttlSeconds: 60,
  lastAccessAt: 1000,
  expiresAt: 61_000,
  meta: { theme: "dark" },
};

describe("readLease", () => {
  test("reads every field", () => {
    expect(readLease(row({ ...lease, expiredAt: 2000 }))).toStrictEqual({ ...lease, expiredAt: 2000 });
  });

  test("fields of another type are unknown, and meta is never undefined", () => {
    expect(readLease(row({ user: 7, ttlSeconds: "60", expiresAt: 5, meta: [] }))).toStrictEqual({
      user: undefined,
      ttlSeconds: undefined,
      lastAccessAt: undefined,
      expiresAt: 5,
      expiredAt: undefined,
      meta: {},
    });
  });

  test.each<[string, JsonObject]>([
    ["no extensions", { sessionId: "s" }],
    ["extensions of others", { pluginExtensions: { other: { lease } } }],
    ["no end", row({ user: "alice" })],
    ["an end that is no number", row({ expiresAt: "2026-01-01T00:00:00Z" })],
    ["a lease that is no object", { pluginExtensions: { sessionsmith: { lease: "x" } } }],
    ["extensions that are a list", { pluginExtensions: [{ sessionsmith: { lease } }] }],
  ])("%s is no lease", (_, entry) => {
    expect(readLease(entry)).toBeUndefined();
  });
});

describe("leaseStatus", () => {
  test.each([
    [60_999, undefined, "active"],
    [61_000, undefined, "expired"],
    [5000, 5000, "expired"],
    [4999, 5000, "active"],
    [62_000, 99_000, "expired"],
  ])("at %d, ended at %s: %s", (now, expiredAt, expected) => {
    expect(leaseStatus(readLease(row(expiredAt === undefined ? lease : { ...lease, expiredAt })), now)).toBe(
      expected,
    );
  });

  test("without a lease: active", () => {
    expect(leaseStatus(undefined, 1)).toBe("active");
  });
});

test.each<[boolean, JsonObject]>([
  [true, row(lease)],
  [true, { pluginExtensions: { sessionsmith: {} } }],
  [true, { pluginExtensions: { sessionsmith: { encryption: {}, lease: {} } } }],
  [false, { pluginExtensions: { sessionsmith: { encryption: {} } } }],
  [false, { pluginExtensions: { other: {} } }],
  [false, { pluginExtensions: "sessionsmith" }],
  [false, { sessionId: "s" }],
])("isManagedEntry is %s of %j", (expected, entry) => {
  expect(isManagedEntry(entry)).toBe(expected);
});
