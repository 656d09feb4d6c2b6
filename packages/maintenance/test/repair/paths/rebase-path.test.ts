import { expect, test } from "vitest";
import { rebasePath } from "../../../src/repair/paths/rebase-path.ts";

test.each([
  ["/home/ann", "/srv/ann"],
  ["/home/ann/x", "/srv/ann/x"],
  ["/home/ann/", "/srv/ann/"],
  ["/home/anna", undefined],
  ["/home/ann2/x", undefined],
  ["/other/home/ann", undefined],
  ["", undefined],
])("%j -> %j", (path, wanted) => {
  expect(rebasePath(path, { from: "/home/ann", to: "/srv/ann" })).toBe(wanted);
});
