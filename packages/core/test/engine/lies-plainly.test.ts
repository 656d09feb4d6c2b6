import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";
import { liesPlainly } from "../../src/engine/lies-plainly.ts";
import { useStoreDir } from "../snapshot/store-dir.ts";

const dir = useStoreDir();

test("only directories may stand between the sessions directory and a name", () => {
  mkdirSync(dir.at("a/b"), { recursive: true });
  mkdirSync(dir.outside("real/b"), { recursive: true });
  symlinkSync(dir.outside("real"), dir.at("link"));
  writeFileSync(dir.at("file"), "");
  const lies = (name: string): boolean => liesPlainly(nodeWriteFs, dir.at("."), name);
  expect(["name", "a/name", "a/b/name"].map(lies)).toEqual([true, true, true]);
  expect(["link/name", "link/b/name", "a/none/name", "file/name"].map(lies)).toEqual(Array(4).fill(false));
});
