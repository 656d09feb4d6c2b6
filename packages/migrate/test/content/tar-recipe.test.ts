import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { expect, onTestFinished, test } from "vitest";
import { tarParams, tarRecipe } from "../../src/content/tar-recipe.ts";
import { memoryFile } from "../read/memory-file.ts";

const contents = new Map([
  [".sessions/a.json", Buffer.from("one")],
  [".sessions/empty.json", Buffer.alloc(0)],
  [`.sessions/${"long-".repeat(30)}.json`, Buffer.alloc(1000, "x")],
  [".sessions/été 😀.json", Buffer.alloc(512, "y")],
]);

function archive(): Buffer {
  const sources = [...contents].map(([name, bytes]) => ({
    path: `/space/${name}`,
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }));
  const files = [...contents.values()].map((bytes) => memoryFile(bytes));
  return Buffer.concat(
    [...tarRecipe(files, tarParams("/space"), sources)].map((chunk) => Buffer.from(chunk)),
  );
}

test("the manifest leads to the bytes of every file", () => {
  const bytes = archive();
  const manifest = JSON.parse(bytes.subarray(512, bytes.indexOf("\n", 512)).toString());
  expect(manifest.files.map(({ name }: { readonly name: string }) => name)).toEqual([...contents.keys()]);
  for (const { name, offset, size, sha256 } of manifest.files) {
    const found = bytes.subarray(offset, offset + size);
    expect(found).toEqual(contents.get(name));
    expect(createHash("sha256").update(found).digest("hex")).toBe(sha256);
  }
});

test("tar unpacks it", () => {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  writeFileSync(join(temp.path, "x.tar"), archive());
  const { status } = spawnSync("tar", ["xmf", "x.tar"], { cwd: temp.path });
  expect(status).toBe(0);
  for (const [name, bytes] of contents) expect(readFileSync(join(temp.path, name))).toEqual(bytes);
});
