import { readdirSync, unlinkSync } from "node:fs";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, test, vi } from "vitest";
import { openNameless } from "../../src/disk/scratch-blocks.ts";

vi.mock("node:fs", { spy: true });

test("a system on which an open file keeps its name has no such file, and nothing of it stays", () => {
  const dir = makeTempDir();
  const busy = Object.assign(new Error("EBUSY: resource busy or locked, unlink"), { code: "EBUSY" });
  vi.mocked(unlinkSync).mockImplementationOnce(() => {
    throw busy;
  });
  expect(openNameless(dir.path)).toBeUndefined();
  expect(readdirSync(dir.path)).toEqual([]);
  dir.dispose();
});
