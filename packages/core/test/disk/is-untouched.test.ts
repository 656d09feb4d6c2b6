import { expect, test } from "vitest";
import { type FileStamp, isUntouched } from "../../src/disk/is-untouched.ts";

const stamp: FileStamp = { dev: 1n, ino: 2n, size: 3, mtimeNs: 4n, ctimeNs: 5n };

test("is untouched only if nothing of the stamp differs", () => {
  expect(isUntouched(stamp, { ...stamp })).toBe(true);
  expect(isUntouched(stamp, { ...stamp, dev: 9n })).toBe(false);
  expect(isUntouched(stamp, { ...stamp, ino: 9n })).toBe(false);
  expect(isUntouched(stamp, { ...stamp, size: 9 })).toBe(false);
  expect(isUntouched(stamp, { ...stamp, mtimeNs: 9n })).toBe(false);
  expect(isUntouched(stamp, { ...stamp, ctimeNs: 9n })).toBe(false);
});
