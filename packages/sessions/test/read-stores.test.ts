import { describe, expect, test } from "vitest";
import { readStores } from "../src/read-stores.ts";
import { storesOnDisk, type StoresOnDisk, withFs } from "./stores-on-disk.ts";

function read({ host, targets }: StoresOnDisk, allAgents = false) {
  return readStores(host, targets, { allAgents });
}

function failsWith(code: string): unknown {
  return expect.objectContaining({ code });
}

const good = { "sessions.json": '{"a":{"sessionId":"s"}}' };

describe("a single store", () => {
  test("is read", () => {
    const [store] = read(storesOnDisk({ main: good }));
    expect(store?.document?.rows.map(({ key }) => key)).toStrictEqual(["a"]);
    expect(store?.error).toBeUndefined();
  });

  test.each([
    ["no directory", {}],
    ["a directory without sessions", { "notes.txt": "" }],
  ])("%s is not found", (_, files) => {
    expect(() => read(storesOnDisk({ main: files }))).toThrow(failsWith("E_NOT_FOUND"));
  });

  test.each([
    ["an unreadable index", { "sessions.json": "{" }],
    ["no index beside transcripts", { "s.jsonl": "{}\n" }],
  ])("%s is damage, also under all agents", (_, files) => {
    expect(() => read(storesOnDisk({ main: files }))).toThrow(failsWith("E_CORRUPT_INDEX"));
    expect(() => read(storesOnDisk({ main: files }), true)).toThrow(failsWith("E_CORRUPT_INDEX"));
  });

  test("an error of the system is damage too, never an empty store", () => {
    const stores = withFs(storesOnDisk({ main: good }), {
      withFile: () => {
        throw Object.assign(new Error("too many"), { code: "EMFILE" });
      },
    });
    expect(() => read(stores, true)).toThrow(failsWith("E_CORRUPT_INDEX"));
  });
});

describe("several stores", () => {
  test("a configured agent without a store is empty, if all agents were asked for", () => {
    const stores = storesOnDisk({ main: good, work: {} });
    expect(read(stores, true).map(({ document, error }) => [document?.rows.length, error])).toStrictEqual([
      [1, undefined],
      [undefined, undefined],
    ]);
    expect(read(stores).map(({ error }) => error?.code)).toStrictEqual([undefined, "E_NOT_FOUND"]);
  });

  test("a store that was only discovered is never taken for empty", () => {
    const stores = storesOnDisk({ main: good, work: {} });
    const targets = stores.targets.map((target) => ({ ...target, origin: "discovered" as const }));
    expect(read({ ...stores, targets }, true).map(({ error }) => error?.code)).toStrictEqual([
      undefined,
      "E_NOT_FOUND",
    ]);
  });

  test("a bad one carries its error, and the others are read", () => {
    const readings = read(storesOnDisk({ bad: { "sessions.json": "[]" }, main: good, gone: {} }));
    expect(readings.map(({ target, error }) => [target.agentId, error?.code])).toStrictEqual([
      ["bad", "E_CORRUPT_INDEX"],
      ["main", undefined],
      ["gone", "E_NOT_FOUND"],
    ]);
    expect(readings[1]?.document?.rows).toHaveLength(1);
  });

  test("an index that two targets share is read once", () => {
    const stores = storesOnDisk({ main: good });
    let opened = 0;
    const counting = withFs(stores, {
      withFile: (path, use) => {
        opened += 1;
        return stores.host.fs.withFile(path, use);
      },
    });
    const [first, second] = read({ ...counting, targets: [...stores.targets, ...stores.targets] });
    expect(second?.document).toBe(first?.document);
    expect(opened).toBe(1);
  });

  test("a mistake in the program is never taken for a bad store", () => {
    const stores = withFs(storesOnDisk({ main: good, work: good }), {
      withFile: () => expect.fail("broken"),
    });
    expect(() => read(stores)).toThrow("broken");
  });
});
