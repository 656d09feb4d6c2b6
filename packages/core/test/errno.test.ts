import { constants } from "node:os";
import { expect, test } from "vitest";
import { errnoOf } from "../src/errno.ts";

test.each([
  ["a system error", Object.assign(new Error("x"), { code: "ENOENT", errno: -2 }), "ENOENT"],
  [
    "one that Node has no name for",
    Object.assign(new Error("x"), {
      code: "Unknown system error -122",
      errno: -constants.errno.EDQUOT,
      syscall: "write",
    }),
    "EDQUOT",
  ],
  ["a library's number", Object.assign(new Error("x"), { code: "Z_DATA_ERROR", errno: -3 }), undefined],
  ["an error of Node's own", Object.assign(new Error("x"), { code: "ERR_INVALID_ARG_TYPE" }), undefined],
  ["a plain error", new Error("x"), undefined],
  ["no error", { code: "ENOENT" }, undefined],
])("%s", (_what, error, expected) => {
  expect(errnoOf(error)).toBe(expected);
});
