import { describe, expect, test } from "vitest";
import { changeLease, type LeaseOrder } from "../../src/lease/change-lease.ts";
import { diskWith, now, rowsOf, scopeOn, undone, visible } from "../change/changed-store.ts";

const key = "agent:main:explicit:l";
const lease = { user: "ann", ttlSeconds: 60, lastAccessAt: 5000, expiresAt: 65_000, meta: { a: "1" } };

function storeWith(change: object = {}, settings: object = {}) {
  const row = {
    sessionId: "l",
    updatedAt: 5000,
    label: "L",
    pluginExtensions: { other: { x: 1 }, sessionsmith: { lease: { ...lease, ...change } } },
  };
  const plain = { sessionId: "p", updatedAt: 6000 };
  const fs = diskWith({ rows: { [key]: row, "agent:main:main": plain }, settings });
  const order = (what: LeaseOrder, of = key) => changeLease(scopeOn(fs), { key: of, order: what });
  const leaseOf = (of = key): unknown => {
    const found: { pluginExtensions?: { sessionsmith?: { lease?: unknown } } } = Object(rowsOf(fs)[of]);
    return found.pluginExtensions?.sessionsmith?.lease;
  };
  return { fs, order, leaseOf };
}

describe("changeLease", () => {
  test("set keeps a value and counts as access, and nothing else of the row changes", async () => {
    const { fs, order, leaseOf } = storeWith();
    const before = visible(fs);
    const { answer } = await order({ what: "set", name: "theme", value: "dark" });
    const at = answer.session.lastAccessAt ?? 0;
    expect(at).toBeGreaterThan(now);
    expect(leaseOf()).toEqual({ ...lease, lastAccessAt: at, meta: { a: "1", theme: "dark" } });
    expect(rowsOf(fs)[key]).toMatchObject({
      sessionId: "l",
      label: "L",
      updatedAt: at,
      pluginExtensions: { other: { x: 1 } },
    });
    await undone(fs, answer.operationId ?? undefined);
    expect(visible(fs)).toEqual(before);
  });

  test("expire marks the lease once, and does not count as access", async () => {
    const { fs, order, leaseOf } = storeWith();
    const { answer } = await order({ what: "expire" });
    expect(answer.session).toMatchObject({ status: "expired", lastAccessAt: 5000 });
    expect(rowsOf(fs)[key]).toMatchObject({ updatedAt: 5000 });
    const first = leaseOf();
    const again = await order({ what: "expire" });
    expect(again.answer.operationId).toBeNull();
    expect(leaseOf()).toEqual(first);
  });

  test.each([
    ["keeps its own time to live, and revives", { expiredAt: 7 }, {}, 60],
    ["takes another one", {}, { ttlSeconds: 5 }, 5],
    ["takes one that never ends", {}, { ttlSeconds: null }, null],
    ["never ends if it never did", { ttlSeconds: null, expiresAt: null }, {}, null],
    ["falls back on the settings if the lease does not say", { ttlSeconds: "?" }, {}, 3600],
  ] as const)("refresh %s", async (_, change, more, ttl) => {
    const { order, leaseOf } = storeWith(change);
    const { answer } = await order({ what: "refresh", ...more });
    const at = answer.session.lastAccessAt ?? 0;
    expect(leaseOf()).toEqual({
      ...lease,
      ttlSeconds: ttl,
      lastAccessAt: at,
      expiresAt: ttl === null ? null : at + ttl * 1000,
    });
    expect(answer.session.status).toBe("active");
  });

  test("refresh gives a lease to a session that has none; the others refuse", async () => {
    const { order, leaseOf } = storeWith();
    const main = "agent:main:main";
    for (const what of [{ what: "expire" }, { what: "set", name: "a", value: 1 }] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one order after the other
      await expect(order(what, main)).rejects.toMatchObject({ code: "E_REFUSED" });
    }
    await order({ what: "refresh" }, main);
    expect(leaseOf(main)).toMatchObject({ user: "anonymous", ttlSeconds: 3600, meta: {} });
  });

  test("a key that is not there is not found, and nothing is written", async () => {
    const { fs, order } = storeWith();
    const before = visible(fs);
    await expect(order({ what: "refresh" }, "agent:main:none")).rejects.toMatchObject({
      code: "E_NOT_FOUND",
    });
    expect(visible(fs)).toEqual(before);
  });

  test("a name that JavaScript gives a meaning is a name like any other", async () => {
    const { order, fs } = storeWith();
    const { answer } = await order({ what: "set", name: "__proto__", value: "x" });
    expect(Object.keys(answer.session.meta)).toEqual(["a", "__proto__"]);
    expect(visible(fs)["sessions.json"]).toContain('"__proto__": "x"');
  });

  test.each([
    ["a name that is empty", " ", "x"],
    ["a text that is too long", "a", "x".repeat(65 * 1024)],
    ["too deep a value", "a", JSON.parse("[".repeat(40) + "]".repeat(40))],
    ["too many values", "a", Array.from({ length: 3000 }, () => 1)],
  ])("%s is refused: OpenClaw would drop the lease", async (_, name, value) => {
    const { order } = storeWith();
    await expect(order({ what: "set", name, value })).rejects.toMatchObject({ code: "E_USAGE" });
  });
});
