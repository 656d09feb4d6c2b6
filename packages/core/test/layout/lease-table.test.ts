import { expect, test } from "vitest";
import { parseTtl } from "../../src/layout/lease-table.ts";

test.each([
  ["3600", 3600],
  ["2h", 7200],
  ["1d12h", 129_600],
  [" 60 ", 60],
  ["none", null],
  ["NONE", null],
])("%j is %j seconds", (text, seconds) => {
  expect(parseTtl(text)).toEqual({ ok: true, seconds });
});

test.each(["", "0", "-1", "10x", "1.5", "500ms", "2w", "999999999d"])("%j is no time to live", (text) => {
  expect(parseTtl(text)).toMatchObject({ ok: false });
});
