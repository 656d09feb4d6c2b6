import { existsSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { afterAll, expect, test } from "vitest";
import { blockBytes, openNameless, ScratchBlocks } from "../../src/disk/scratch-blocks.ts";

const dir = makeTempDir();
afterAll(() => dir.dispose());

const inFile = () => new ScratchBlocks(() => openNameless(dir.path));

function block(n: number): Buffer {
  return Buffer.alloc(blockBytes, n);
}

test.each([
  { where: "in a file", scratch: inFile(), kind: "number" },
  {
    where: "in memory",
    scratch: new ScratchBlocks(() => openNameless(join(dir.path, "not-there"))),
    kind: "object",
  },
])("blocks come back as they were kept $where", ({ scratch, kind }) => {
  const place = block(0);
  const kept = [1, 2, 3].map((n) => scratch.keep(place.fill(n)));
  expect(kept.map((one) => typeof one)).toEqual([kind, kind, kind]);
  expect(kept.map((one, n) => scratch.read(one, place).equals(block(n + 1)))).toEqual([true, true, true]);
});

test("the file has no name", () => {
  expect(inFile().keep(block(1))).toBe(0);
  expect(readdirSync(dir.path)).toEqual([]);
});

test("the place of a block that was let go is used again, and no other", () => {
  const scratch = inFile();
  const [first, second] = [scratch.keep(block(1)), scratch.keep(block(2))];
  scratch.free(first);
  const third = scratch.keep(block(3));
  expect(third).toBe(first);
  expect([scratch.read(second)[0], scratch.read(third)[0]]).toEqual([2, 3]);
  expect([first, second]).not.toContain(scratch.keep(block(4)));
});

test.skipIf(!existsSync("/dev/full"))("what a full disk does not take stays in memory", () => {
  const scratch = new ScratchBlocks(() => openSync("/dev/full", "r+"));
  const kept = [scratch.keep(block(1)), scratch.keep(block(2))];
  expect(kept.map((one) => scratch.read(one)[0])).toEqual([1, 2]);
});

test("a system on which an open file keeps its name has no such file, and nothing of it stays", () => {
  const other = makeTempDir();
  const busy = Object.assign(new Error("EBUSY: resource busy or locked, unlink"), { code: "EBUSY" });
  const refused = () => {
    throw busy;
  };
  expect(openNameless(other.path, refused)).toBeUndefined();
  expect(readdirSync(other.path)).toEqual([]);
  other.dispose();
});
