import { expect, test } from "vitest";
import { type FileStamp, isSameFile } from "../../src/disk/is-same-file.ts";

const stamp: FileStamp = { dev: 1n, ino: 2n, size: 3, mtimeNs: 4n, ctimeNs: 5n };

test("is the same only if nothing of the stamp differs", () => {
  expect(isSameFile(stamp, { ...stamp })).toBe(true);
  expect(isSameFile(stamp, { ...stamp, dev: 9n })).toBe(false);
  expect(isSameFile(stamp, { ...stamp, ino: 9n })).toBe(false);
  expect(isSameFile(stamp, { ...stamp, size: 9 })).toBe(false);
  expect(isSameFile(stamp, { ...stamp, mtimeNs: 9n })).toBe(false);
  expect(isSameFile(stamp, { ...stamp, ctimeNs: 9n })).toBe(false);
});
