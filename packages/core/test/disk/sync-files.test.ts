import { join } from "node:path";
import type { WriteFs } from "@sessionsmith/core";
import { fromState, makeTempDir, memoryFs } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeWriteFs } from "../../src/disk/node-write-fs.ts";

interface Place {
  readonly fs: WriteFs;
  readonly dir: string;
}

const places: readonly { readonly name: string; readonly make: () => Place }[] = [
  {
    name: "nodeWriteFs",
    make: () => {
      const dir = makeTempDir();
      onTestFinished(dir.dispose);
      return { fs: nodeWriteFs, dir: dir.path };
    },
  },
  { name: "memoryFs", make: () => ({ fs: memoryFs(), dir: "/" }) },
];

describe.each(places)("syncFiles of $name", ({ make }) => {
  test("takes more files than may be open at once, and no files at all", async () => {
    const { fs, dir } = make();
    const paths = Array.from({ length: 300 }, (_, n) => join(dir, `file-${n}`));
    for (const path of paths) fs.createFile(path, 0o600, (file) => file.write(Buffer.from("abc")));
    await expect(fs.syncFiles(paths)).resolves.toBeUndefined();
    await expect(fs.syncFiles([])).resolves.toBeUndefined();
  });

  test("names the file that is not there, and follows no link", async () => {
    const { fs, dir } = make();
    const [there, gone] = [join(dir, "there"), join(dir, "gone")];
    fs.createFile(there, 0o600, () => {});
    await expect(fs.syncFiles([there, gone])).rejects.toMatchObject({ code: "ENOENT", path: gone });
  });
});

test("memoryFs keeps the content that was synced together through a crash", async () => {
  const fs = memoryFs();
  for (const path of ["/synced", "/unsynced"])
    fs.createFile(path, 0o600, (file) => file.write(Buffer.from("abc")));
  await fs.syncFiles(["/synced"]);
  fs.syncDir("/");
  const [worst] = fs.durableStates();
  const left = fromState(worst ?? fs.state());
  expect([left.lstat("/synced")?.size, left.lstat("/unsynced")?.size]).toEqual([3, 0]);
});
