import { describe, expect, test } from "vitest";
import { loadSessionStore, saveSessionStore, updateSessionStore } from "../../src/store.ts";
import { indexPath, memoryStore } from "./memory-store.ts";

/** An index as nobody would write it today. */
const oddIndex = [
  '{ "b" : {"sessionId":"s2", "updatedAt" : 1.5e3, "x":1e2,"deep":{"a" :[ 1,2 ]}} ,',
  '\t"__proto__":{"sessionId":"p"},"twice":{"v":1},',
  '  "inexact": {"n":9007199254740993},"list":[1],"twice":{"v":2},"a":{"sessionId":"s1" , "label":"\\u0041"}}',
  "",
].join("\r\n");

describe("bytes of an index", () => {
  test.each([
    ["a field that changes", (s: string) => s.replace('"\\u0041"', '"B"'), "label", "B"],
    ["a field that is set to what it is", (s: string) => s, "label", "A"],
    ["a field that goes", (s: string) => s.replace(' , "label":"\\u0041"', ""), "label", undefined],
    [
      "a field that comes",
      (s: string) => s.replace('1"', '1"').replace('"\\u0041"', '"\\u0041" , "new":7'),
      "new",
      7,
    ],
  ])("keep what is around %s", async (_name, expected, field, value) => {
    const { host, text } = memoryStore({ "sessions.json": oddIndex });
    await updateSessionStore(
      indexPath,
      (sessions) => {
        for (const [key, row] of sessions) if (key === "a") row[field] = value;
      },
      { host },
    );
    expect(text("sessions.json")).toBe(expected(oddIndex));
  });

  test("are not written at all if nothing changes", async () => {
    const { host, fs } = memoryStore({ "sessions.json": oddIndex });
    const before = fs.lstat(indexPath)?.ino;
    await updateSessionStore(indexPath, (sessions) => [...sessions], { host });
    expect(fs.lstat(indexPath)?.ino).toBe(before);
  });

  test("keep nested fields that are equal, however they are ordered", async () => {
    const { host, text } = memoryStore({ "sessions.json": '{"k":{"deep":{"a":1,"b":[2]},"x":1}}' });
    const change = (deep: { b: number[]; a: number }, x: number) =>
      updateSessionStore(indexPath, (sessions) => sessions.set("k", { x, deep }), { host });
    await change({ b: [2], a: 1 }, 2);
    expect(text("sessions.json")).toBe('{"k":{"deep":{"a":1,"b":[2]},"x":2}}');
    await change({ b: [3], a: 1 }, 2);
    expect(text("sessions.json")).toBe('{"k":{"deep":{"b":[3],"a":1},"x":2}}');
  });
});

describe("rows that are not understood", () => {
  test("are told, and left out of a walk", async () => {
    const { host } = memoryStore({ "sessions.json": oddIndex });
    const sessions = await loadSessionStore(indexPath, { host });
    expect([...sessions.notUnderstood].toSorted()).toEqual(["inexact", "list", "twice"]);
    expect([...sessions.keys()]).toEqual(["b", "__proto__", "a"]);
    expect([sessions.size, [...sessions].length, sessions.has("list")]).toEqual([3, 3, true]);
  });

  test.each(["inexact", "list", "twice"])("can be neither read nor changed: %s", async (key) => {
    const { host, text } = memoryStore({ "sessions.json": oddIndex });
    const sessions = await loadSessionStore(indexPath, { host });
    const refused = expect.objectContaining({
      code: "E_REFUSED",
      message: expect.stringContaining(`"${key}"`),
    });
    for (const act of [() => sessions.get(key), () => sessions.set(key, {}), () => sessions.delete(key)]) {
      expect(act).toThrow(refused);
    }
    sessions.set("c", {});
    await saveSessionStore(indexPath, sessions, { host });
    expect(text("sessions.json")).toContain(oddIndex.slice(0, -3));
  });

  test.each([
    ["a key of 1,025 bytes", "k".repeat(1025), {}],
    ["half of a surrogate pair", "k", { text: "\ud800" }],
  ])("are never made: %s", async (_name, key, row) => {
    const { host, text } = memoryStore({ "sessions.json": "{}" });
    await expect(
      updateSessionStore(indexPath, (sessions) => sessions.set(key, row), { host }),
    ).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(text("sessions.json")).toBe("{}");
  });
});

test("only sessions of the same store can be saved", async () => {
  const { host } = memoryStore({ "sessions.json": "{}", "other.json": "{}" });
  const sessions = await loadSessionStore(indexPath, { host });
  await expect(
    saveSessionStore(indexPath.replace("sessions.json", "other.json"), sessions, { host }),
  ).rejects.toMatchObject({ code: "E_USAGE" });
  await expect(saveSessionStore(indexPath, Object.create(sessions), { host })).rejects.toThrow(TypeError);
});

test("a save that clashes names the rows", async () => {
  const { host, put } = memoryStore({ "sessions.json": '{"a":{"v":1},"b":{"v":1}}' });
  const sessions = await loadSessionStore(indexPath, { host });
  put({ "sessions.json": '{"a":{"v": 1},"b":{"v":1},"c":{}}' });
  sessions.set("a", { v: 2 });
  sessions.set("c", { v: 2 });
  await expect(saveSessionStore(indexPath, sessions, { host })).rejects.toMatchObject({
    code: "E_STALE_PLAN",
    details: { keys: ["c", "a"] },
  });
});
