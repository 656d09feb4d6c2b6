import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ByteRange } from "../../src/session-index/index-document.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { documentOf } from "./index-document-of.ts";

test("ranges hold the keys with their quotes and the values without white space", () => {
  const text = ' {\n "é\\n" :\t{ "x": 1 }\r\n, "b":7 }\n';
  const document = documentOf(text);
  const slice = ({ start, end }: ByteRange) => Buffer.from(text).toString("utf8", start, end);
  expect(slice(document.root)).toBe(text.trim());
  expect(document.rows.map((row) => [row.key, slice(row.keyRange), slice(row.valueRange)])).toEqual([
    ["é\n", '"é\\n"', '{ "x": 1 }'],
    ["b", '"b"', "7"],
  ]);
});

test("the identity is the sha256 of all bytes", () => {
  const text = '{ "a": {} }\n';
  expect(documentOf(text).sha256).toBe(createHash("sha256").update(text).digest("hex"));
});

test("a view of a larger buffer is scanned as if it stood alone", () => {
  const whole = Buffer.from('xx{"a":{"sessionId":"a long enough text"}}yy');
  const scan = scanIndex(whole.subarray(2, -2));
  expect(scan).toMatchObject({
    document: { root: { start: 0 }, rows: [{ sessionId: "a long enough text" }] },
  });
});

describe("failures", () => {
  test.each([
    ['{\n  "a": {},\n  b: {}\n}', "syntax", 3, 3, "expected a key in double quotes"],
    ['{\n  "a": {}\n  "b": {}\n}', "syntax", 3, 3, 'expected "," or "}" after a value'],
    ['{ "a": [1 2] }', "syntax", 1, 11, 'expected "," or "]" after a value'],
    ['{\n  "é": tru\n}', "syntax", 2, 12, "expected true, false or null"],
    ['{ "a" 1 }', "syntax", 1, 7, 'expected ":" after a key'],
    ['{ "a": }', "syntax", 1, 8, "expected a value"],
    ['{ "a": -x }', "syntax", 1, 9, "expected a digit"],
    ['{ "a": "\\x" }', "syntax", 1, 10, "a backslash is followed by a character that makes no escape"],
    ['{ "a": "\\u12" }', "syntax", 1, 13, 'expected four hexadecimal digits after "\\u"'],
    ['{ "a": "\n" }', "syntax", 1, 9, "a control character stands in a string"],
    ["{}\n,", "syntax", 2, 1, "more bytes follow the end of the document"],
    ["// {}", "syntax", 1, 1, 'expected "{"'],
    ['{\n  "a": {', "truncated", 2, 9, "the file ends too early: expected a key in double quotes"],
    ["\n\n[]", "root-not-object", 3, 1, "the document is no JSON object"],
    ['{\n"a":\0}', "nul-bytes", 2, 5, "the file holds NUL bytes"],
  ])("%j", (text, reason, line, column, problem) => {
    const scan = scanIndex(Buffer.from(text));
    expect(scan).toMatchObject({ readable: false, failure: { reason, line, column, problem } });
  });

  test("an empty file has no place to look at", () => {
    const failure = { reason: "empty", problem: "the file holds no JSON value" };
    expect(scanIndex(Buffer.of())).toEqual({ readable: false, failure });
  });
});

describe("findings", () => {
  test("carry the key, the offset of what was found first, and the path if it is known", () => {
    const text = '{ "a": { "n": [1e400, 1e500] }, "b": null }';
    const findings = [
      { id: "row-number-inexact", severity: "warning", place: { key: "a", offset: text.indexOf("1e400") } },
      { id: "row-not-object", severity: "warning", place: { key: "b", offset: text.indexOf("null") } },
    ];
    expect(documentOf(text).findings).toEqual(findings);
    expect(scanIndex(Buffer.from(text), "/s/sessions.json")).toMatchObject({
      document: {
        findings: findings.map((found) => ({ place: { ...found.place, path: "/s/sessions.json" } })),
      },
    });
  });

  test("name the first place of each kind in the row", () => {
    const text =
      '{ "a": { "s": ["\\ud800", "\\ud801"], "n": [1e400, 1e500], "d": ' +
      "[".repeat(400) +
      "]".repeat(400) +
      "} }";
    expect(documentOf(text).findings.map(({ id, place }) => [id, place.offset])).toEqual([
      ["row-too-deep", text.indexOf("[[") + 255],
      ["row-lone-surrogate", text.indexOf("\\ud800")],
      ["row-number-inexact", text.indexOf("1e400")],
    ]);
  });

  test("of one row do not spread to the next", () => {
    const { rows } = documentOf('{ "a": { "n": 1e400, "s": "\\ud800" }, "b": { "n": 1 } }');
    expect(rows.map((row) => row.understood)).toEqual([false, true]);
  });

  test("a row may have several", () => {
    const { findings } = documentOf(`{ "\\ud800${"k".repeat(1024)}": [1e400] }`);
    const ids = ["row-key-too-long", "row-not-object", "row-lone-surrogate", "row-number-inexact"];
    expect(findings.map(({ id }) => id)).toEqual(ids);
  });

  test("duplicates name the place of the row that does not count, and of the one that does", () => {
    const text = '{ "a": {}, "a": {"x":1}, "a": {} }';
    expect(documentOf(text).findings).toEqual([
      {
        id: "index-duplicate-key",
        severity: "warning",
        place: { key: "a", offset: 2 },
        details: { countedOffset: 25 },
      },
      {
        id: "index-duplicate-key-conflict",
        severity: "error",
        place: { key: "a", offset: 11 },
        details: { countedOffset: 25 },
      },
    ]);
  });
});

describe("a key that is too long", () => {
  const long = `"${"k".repeat(2000)}"`;

  test("is replaced by a short text that keeps its identity", () => {
    const { rows } = documentOf(`{ ${long}: {}, "a": {}, ${long}: {} }`);
    expect(rows.map(({ shadowed, understood }) => [shadowed, understood])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(rows[0]?.key).toMatch(/^\(key of 2000 bytes, sha256 [0-9a-f]{64}\)$/);
    expect(rows[2]?.key).toBe(rows[0]?.key);
  });
});
