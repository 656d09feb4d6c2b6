import { expect, test } from "vitest";
import { FactTable } from "../../src/disk/fact-table.ts";
import type { FileFact } from "../../src/disk/read-fs.ts";

const first: FileFact = {
  kind: "file",
  dev: 66n,
  ino: 2n ** 62n + 1n,
  size: 2 ** 40 + 1,
  mtimeNs: 1_795_158_839_729_123_457n,
  ctimeNs: -1n,
  mode: 0o600,
  nlink: 2,
  uid: 4_294_967_294,
  gid: 7,
};
const second: FileFact = { ...first, kind: "symlink", ino: 9n, size: 0, mode: 0o7777, nlink: 1 };

test("gives back every member of every fact as it was added", () => {
  const table = new FactTable(2);
  const held = [table.add(first), table.add(second)];
  expect(held.map(membersOf)).toEqual([first, second]);
  expect([0, 1].flatMap((n) => table.at(n) ?? []).map(membersOf)).toEqual([first, second]);
  expect(table.at(2)).toBeUndefined();
});

test("takes no more facts than it was made for", () => {
  const table = new FactTable(1);
  table.add(first);
  expect(() => table.add(second)).toThrow(RangeError);
});

function membersOf(fact: FileFact): FileFact {
  const { kind, dev, ino, size, mtimeNs, ctimeNs, mode, nlink, uid, gid } = fact;
  return { kind, dev, ino, size, mtimeNs, ctimeNs, mode, nlink, uid, gid };
}
