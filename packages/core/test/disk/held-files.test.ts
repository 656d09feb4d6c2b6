import { createHash } from "node:crypto";
import { memoryFs } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { HeldFiles } from "../../src/disk/held-files.ts";
import { readRange } from "../../src/disk/read-bytes.ts";

const heldLimitBytes = 16 * 2 ** 20;
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

function disk(bytes: Buffer) {
  const fs = memoryFs();
  fs.createFile("/file", 0o600, (file) => file.write(bytes));
  const held = new HeldFiles();
  const look = () =>
    fs.withFile("/file", (opened) => {
      const file = held.hold(opened);
      return { hash: file.sha256, part: readRange(file, 1, 3).toString(), file };
    });
  const reads = () => fs.calls.filter(({ name }) => name === "read").length;
  return { fs, look, reads };
}

test("a file is read once, however often it is asked for", () => {
  const bytes = Buffer.from("abcdef");
  const { look, reads } = disk(bytes);
  const [first, again] = [look(), look()];
  expect(first).toMatchObject({ hash: sha256(bytes), part: "bc" });
  expect(again?.file).toBe(first?.file);
  expect(reads()).toBe(1);
});

test("one that has changed is read anew, though it has its size and its time of writing", () => {
  const { fs, look } = disk(Buffer.from("abcdef"));
  const mtimeNs = fs.lstat("/file")?.mtimeNs ?? 0n;
  const before = look();
  fs.appendFile("/file", (file) => {
    file.truncate(0);
    file.write(Buffer.from("uvwxyz"));
    file.setMtime(mtimeNs);
  });
  expect(before?.hash).toBe(sha256(Buffer.from("abcdef")));
  expect(look()).toMatchObject({ hash: sha256(Buffer.from("uvwxyz")), part: "vw" });
});

test("a large one is held once it is asked for again", () => {
  const bytes = Buffer.alloc(heldLimitBytes + 1, "abcdefg");
  const { look, reads } = disk(bytes);
  expect(look()).toMatchObject({ hash: sha256(bytes), part: "bc" });
  const atFirst = reads();
  expect(look()).toMatchObject({ hash: sha256(bytes), part: "bc" });
  const held = reads();
  expect(held).toBe(atFirst + 1);
  look();
  expect(reads()).toBe(held);
});

test("a small file has the place of the one before, which can't be read any more", () => {
  const fs = memoryFs();
  for (const name of ["one", "two"])
    fs.createFile(`/${name}`, 0o600, (file) => file.write(Buffer.from(name)));
  const held = new HeldFiles();
  const hold = (name: string) => fs.withFile(`/${name}`, (file) => held.hold(file));
  const [one, two] = [hold("one"), hold("two")];
  expect(two?.bytes?.toString()).toBe("two");
  expect(() => one?.read(Buffer.alloc(3), 0)).toThrow("read after another one was held");
  expect(() => one?.sha256).toThrow("read after another one was held");
  expect(hold("one")?.bytes?.toString()).toBe("one");
});
