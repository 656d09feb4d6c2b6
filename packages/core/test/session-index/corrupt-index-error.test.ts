import { expect, test } from "vitest";
import { isStoreError } from "../../src/store-error.ts";
import { corruptIndexError } from "../../src/session-index/corrupt-index-error.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";

test("says what is wrong, where, that nothing was changed, and what to do", () => {
  const scan = scanIndex(Buffer.from('{\n  "agent:main:main": { "label": "a secret" },\n}'));
  if (scan.readable) throw new Error("the index of the test is readable");
  const error = corruptIndexError("/s/sessions.json", scan.failure);
  expect(isStoreError(error) && error.code).toBe("E_CORRUPT_INDEX");
  expect(error.message).toBe(
    "the index can't be used: expected a key in double quotes: /s/sessions.json, line 3, column 1, byte 48. Nothing was changed.",
  );
  expect(error.hint).toMatch(/repair --index/);
  expect(error.details).toEqual({
    path: "/s/sessions.json",
    reason: "syntax",
    offset: 48,
    line: 3,
    column: 1,
  });
  expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain("secret");
});

test("names the errno where there is no place", () => {
  const error = corruptIndexError("/s/sessions.json", {
    reason: "io",
    problem: "the file can't be read",
    errno: "EACCES",
  });
  expect(error.message).toBe(
    "the index can't be used: the file can't be read (EACCES): /s/sessions.json. Nothing was changed.",
  );
  expect(error.details).toEqual({ path: "/s/sessions.json", reason: "io", errno: "EACCES" });
});
