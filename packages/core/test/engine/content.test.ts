import { HeldFiles } from "../../src/disk/held-files.ts";
import { createHash } from "node:crypto";
import { memoryFs, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { streamContent } from "../../src/engine/content.ts";
import { spliceIndex } from "../../src/session-index/splice-index.ts";
import type { Recipe } from "../../src/plan/recipe.ts";
import type { ContentSource, SourceFile } from "../../src/plan/content-source.ts";

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");
const sourceOf = (path: string, text: string): SourceFile => ({
  path,
  size: Buffer.byteLength(text),
  sha256: sha256Of(text),
});

/** Puts the inputs together, `times` times, in reverse order. */
const joinInputs: Recipe = function* (inputs, params) {
  for (let n = 0; n < Number(params["times"]); n += 1) {
    for (const input of [...inputs].toReversed()) {
      const buffer = Buffer.alloc(input.fact.size);
      yield buffer.subarray(0, input.read(buffer, 0));
    }
  }
};

const fs = memoryFs();
writeTree(fs, "/s", { a: "0123456789", b: "äöü", changed: "0123456780" });

function bytesOf(content: ContentSource): string {
  const chunks: Buffer[] = [];
  const recipes = new Map([["join", joinInputs]]);
  streamContent(fs, content, {
    recipes,
    held: new HeldFiles(),
    take: (chunk) => chunks.push(Buffer.from(chunk)),
  });
  return Buffer.concat(chunks).toString("utf8");
}

describe("splice", () => {
  test.each([
    ["no edits", [], "0123456789"],
    [
      "at the start, in the middle, at the end",
      [
        { at: 0, remove: 1, insert: "x" },
        { at: 4, remove: 0, insert: "-é-" },
        { at: 8, remove: 2, insert: "" },
      ],
      "x123-é-4567",
    ],
    ["everything", [{ at: 0, remove: 10, insert: "new" }], "new"],
    ["appended", [{ at: 10, remove: 0, insert: "!" }], "0123456789!"],
  ])("%s", (_name, edits, expected) => {
    expect(bytesOf({ source: "splice", ...sourceOf("/s/a", "0123456789"), edits })).toBe(expected);
  });
});

test("a splice of more than a chunk is that of the whole, however small the pieces are", () => {
  const megabytes = Buffer.alloc(2_500_000, "0123456789 äöü\n");
  fs.createFile("/s/large", 0o600, (file) => file.write(megabytes));
  const edits = Array.from({ length: 300 }, (_, n) => ({
    at: n * 8300,
    remove: n % 3 === 0 ? 0 : n * 9,
    insert: n % 5 === 0 ? "é" : "",
  }));
  const chunks: Buffer[] = [];
  const sha256 = createHash("sha256").update(megabytes).digest("hex");
  const content = { source: "splice", path: "/s/large", size: megabytes.length, sha256, edits } as const;
  streamContent(fs, content, {
    recipes: new Map(),
    held: new HeldFiles(),
    take: (chunk) => chunks.push(Buffer.from(chunk)),
  });
  expect(Buffer.concat(chunks).equals(Buffer.concat(spliceIndex(megabytes, edits)))).toBe(true);
  expect(chunks.length).toBeLessThan(5);
});

test("inline", () => {
  expect(bytesOf({ source: "inline", text: "ä\n" })).toBe("ä\n");
});

test("derive: the recipe gets the inputs in order, and the params", () => {
  const inputs = [sourceOf("/s/a", "0123456789"), sourceOf("/s/b", "äöü")];
  const content = { source: "derive", recipe: "join", inputs, params: { times: 2 } } as const;
  expect(bytesOf(content)).toBe("äöü0123456789äöü0123456789");
});

test("derive: an input that changes while several are read is stale", () => {
  const disk = memoryFs();
  writeTree(disk, "/s", { a: "0123456789", b: "abc" });
  const inputs = [sourceOf("/s/a", "0123456789"), sourceOf("/s/b", "abc")];
  const touch: Recipe = function* (files) {
    const other = disk.otherProcess();
    other.unlink("/s/b");
    other.createFile("/s/b", 0o600, (file) => file.write(Buffer.from("abd")));
    for (const file of files) yield Buffer.alloc(file.read(Buffer.alloc(3), 0));
  };
  const content = { source: "derive", recipe: "touch", inputs, params: {} } as const;
  expect(() => {
    streamContent(disk, content, {
      recipes: new Map([["touch", touch]]),
      held: new HeldFiles(),
      take: () => undefined,
    });
  }).toThrow(expect.objectContaining({ code: "E_STALE_PLAN", details: { path: "/s/b" } }));
});

test.each([
  ["reads it whole", (size: number) => [[0, size]]],
  [
    "reads it in pieces",
    (size: number) => [
      [0, 3],
      [3, size],
    ],
  ],
  [
    "reads its end first",
    (size: number) => [
      [4, size],
      [0, 4],
    ],
  ],
  ["reads a part of it", () => [[2, 4]]],
  ["does not read it", () => []],
] as const)("derive: of several inputs one is not what was planned, and the recipe %s", (_name, pieces) => {
  const inputs = [sourceOf("/s/b", "äöü"), sourceOf("/s/changed", "0123456789")];
  const read: Recipe = function* ([, file]) {
    for (const [from = 0, to = 0] of pieces(10)) {
      const buffer = Buffer.alloc(to - from);
      yield buffer.subarray(0, file?.read(buffer, from));
    }
  };
  const recipes = new Map([["read", read]]);
  const run = (changed: SourceFile) => () => {
    const content = {
      source: "derive",
      recipe: "read",
      inputs: [...inputs.slice(0, 1), changed],
      params: {},
    } as const;
    streamContent(fs, content, { recipes, held: new HeldFiles(), take: () => undefined });
  };
  expect(run(sourceOf("/s/changed", "0123456780"))).not.toThrow();
  expect(run(sourceOf("/s/changed", "0123456789"))).toThrow(
    expect.objectContaining({ code: "E_STALE_PLAN", details: { path: "/s/changed" } }),
  );
});

test("a recipe that nobody gave is our bug", () => {
  const content = { source: "derive", recipe: "none", inputs: [], params: {} } as const;
  expect(() => bytesOf(content)).toThrow("unknown recipe none");
});

describe("E_STALE_PLAN if a source", () => {
  test.each([
    ["is gone", sourceOf("/s/none", "x")],
    ["has another size", sourceOf("/s/a", "0123")],
    ["has other bytes", sourceOf("/s/changed", "0123456789")],
    ["is a directory", { ...sourceOf("/s", "x"), size: 4096 }],
  ])("%s", (_name, source) => {
    const stale = expect.objectContaining({ code: "E_STALE_PLAN", details: { path: source.path } });
    expect(() => bytesOf({ source: "splice", ...source, edits: [] })).toThrow(stale);
    const inputs = [source];
    expect(() => bytesOf({ source: "derive", recipe: "join", inputs, params: { times: 1 } })).toThrow(stale);
  });
});
