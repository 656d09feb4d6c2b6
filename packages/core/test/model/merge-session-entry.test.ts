import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { mergeSessionEntry } from "../../src/model/merge-session-entry.ts";

const now = 1_795_166_064_205;
const earlier = now - 60_000;
const options = { now, newSessionId: () => "new-id" };
const existing: JsonObject = {
  xFirst: 1,
  updatedAt: earlier,
  sessionId: "old",
  sessionStartedAt: earlier,
  label: "a",
};

describe("mergeSessionEntry", () => {
  test("makes a new row", () => {
    const row = mergeSessionEntry(undefined, { spawnDepth: 1 }, options);
    expect(JSON.stringify(row)).toBe(
      JSON.stringify({ sessionId: "new-id", updatedAt: now, spawnDepth: 1, sessionStartedAt: now }),
    );
  });

  test("keeps unknown fields and the order of fields, and appends new ones", () => {
    const row = mergeSessionEntry(
      existing,
      { zNew: { deep: [1] }, label: "b", sessionId: undefined },
      options,
    );
    expect(Object.entries(row)).toEqual([
      ["xFirst", 1],
      ["updatedAt", now],
      ["sessionId", "old"],
      ["sessionStartedAt", earlier],
      ["label", "b"],
      ["zNew", { deep: [1] }],
    ]);
  });

  test("undefined removes, null is a value", () => {
    expect(mergeSessionEntry(existing, { label: undefined, xFirst: null }, options)).toEqual({
      xFirst: null,
      updatedAt: now,
      sessionId: "old",
      sessionStartedAt: earlier,
    });
  });

  test("changes neither side", () => {
    const patch = Object.freeze({ model: "m" });
    const row = Object.freeze({ ...existing, modelProvider: "p" });
    mergeSessionEntry(row, patch, options);
    expect(row).toHaveProperty("modelProvider", "p");
  });

  test("keeps fields that are called like parts of an object", () => {
    const row = JSON.parse('{"sessionId": "old", "__proto__": {"polluted": 1}, "constructor": 2}');
    const patch = JSON.parse('{"__proto__": {"polluted": 3}}');
    const merged = mergeSessionEntry(row, patch, options);
    expect(Object.entries(merged).slice(1, 3)).toEqual([
      ["__proto__", { polluted: 3 }],
      ["constructor", 2],
    ]);
    expect("polluted" in merged).toBe(false);
  });
});

describe("updatedAt", () => {
  test.each<[before: unknown, change: unknown, activity: "touch" | "preserve" | undefined, after: unknown]>([
    [earlier, undefined, undefined, now],
    [earlier, earlier + 1, "touch", now],
    [now + 1, now + 2, "touch", now],
    [earlier, now, "preserve", earlier],
    ["2026-11-20T08:00:00Z", undefined, "preserve", "2026-11-20T08:00:00Z"],
    [now + 1, undefined, "preserve", now + 1],
    [undefined, earlier, "preserve", earlier],
    [undefined, now + 1, "preserve", now],
    [undefined, -1, "preserve", now],
    [undefined, "soon", "preserve", now],
    [null, undefined, "preserve", now],
  ])("of %j and %j with %s is %j", (before, change, activity, after) => {
    const row: JsonObject = JSON.parse(JSON.stringify({ sessionId: "s", updatedAt: before }));
    const patch: JsonObject = JSON.parse(JSON.stringify({ updatedAt: change }));
    const merged = mergeSessionEntry(row, patch, activity === undefined ? options : { ...options, activity });
    expect(merged["updatedAt"]).toBe(after);
  });

  test("is the patch's for a new row that preserves", () => {
    const row = mergeSessionEntry(undefined, { updatedAt: earlier }, { ...options, activity: "preserve" });
    expect(row["updatedAt"]).toBe(earlier);
  });
});

describe("sessionId", () => {
  test("of the patch counts, and starts the session anew", () => {
    expect(mergeSessionEntry(existing, { sessionId: "next" }, options)).toMatchObject({
      sessionId: "next",
      sessionStartedAt: now,
    });
  });

  test("the start that the patch names counts more", () => {
    const row = mergeSessionEntry(existing, { sessionId: "next", sessionStartedAt: earlier }, options);
    expect(row["sessionStartedAt"]).toBe(earlier);
  });

  test("the same id does not", () => {
    expect(mergeSessionEntry(existing, { sessionId: "old" }, options)["sessionStartedAt"]).toBe(earlier);
    expect(mergeSessionEntry({ sessionId: "old" }, {}, options)).not.toHaveProperty("sessionStartedAt");
  });

  test("of a wrong type stays, because it may lead to the transcript", () => {
    expect(mergeSessionEntry({ sessionId: 5 }, {}, options)["sessionId"]).toBe(5);
  });

  test("is made if there is none", () => {
    expect(mergeSessionEntry({ label: "a" }, {}, options)).toMatchObject({
      sessionId: "new-id",
      sessionStartedAt: now,
    });
  });
});

describe("modelProvider", () => {
  const row: JsonObject = { sessionId: "s", model: "m", modelProvider: "p" };

  test.each<[JsonObject, string | undefined]>([
    [{ model: "n" }, undefined],
    [{ model: undefined }, undefined],
    [{ model: "n", modelProvider: "q" }, "q"],
    [{ model: "m" }, "p"],
    [{ label: "a" }, "p"],
  ])("after %j is %s", (patch, expected) => {
    expect(mergeSessionEntry(row, patch, options)["modelProvider"]).toBe(expected);
  });
});
