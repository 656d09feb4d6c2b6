import { describe, expect, test } from "vitest";
import { parseRow } from "../../src/session-index/parse-row.ts";
import { maxRowBytes } from "../../src/session-index/row-troubles.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { documentOf, documentOfBytes } from "./index-document-of.ts";

/** An index with one row whose value has exactly `size` bytes. */
function indexWithRowOf(size: number): Buffer {
  const start = Buffer.from('{"a":{"sessionId":"s","x":"');
  const end = Buffer.from('"}}');
  const filler = Buffer.alloc(size - (start.length - 5) - (end.length - 1), "x");
  return Buffer.concat([start, filler, end]);
}

describe("nesting", () => {
  test.each([20_000, 1_000_000])("%i levels are read, and the row is not understood", (levels) => {
    const text = `{ "a": { "x": ${"[".repeat(levels)}${"]".repeat(levels)} }, "b": {} }`;
    const { rows, findings } = documentOf(text);
    expect(rows.map((row) => row.understood)).toEqual([false, true]);
    expect(findings).toMatchObject([{ id: "row-too-deep", place: { key: "a", offset: 14 + 255 } }]);
  });

  test("objects and arrays in turn", () => {
    const text = `{ "a": ${'{"x":['.repeat(20_000)}${"]}".repeat(20_000)} }`;
    expect(documentOf(text).findings).toMatchObject([{ id: "row-too-deep" }]);
  });

  test("an unclosed million of brackets is truncated", () => {
    const scan = scanIndex(Buffer.from(`{ "a": ${"[".repeat(1_000_000)}`));
    expect(scan).toMatchObject({ failure: { reason: "truncated", offset: 1_000_007 } });
  });
});

describe("size", () => {
  test("a row of 64 MiB is understood, one of a byte more is not", () => {
    expect(documentOfBytes(indexWithRowOf(maxRowBytes)).findings).toEqual([]);
    const { rows, findings } = documentOfBytes(indexWithRowOf(maxRowBytes + 1));
    expect(rows).toMatchObject([{ understood: false, sessionId: "s" }]);
    expect(findings).toMatchObject([{ id: "row-too-large", place: { key: "a", offset: 5 } }]);
  });

  test("what is larger than a string can be: a field, a session id, a key", () => {
    const bytes = Buffer.alloc(600_000_000, "x");
    const rowOf = (start: string, end: string) => {
      bytes.write(start);
      bytes.write(end, bytes.length - end.length);
      return documentOfBytes(bytes).rows[0];
    };
    expect(rowOf('{"a":{"sessionId":"s","x":"', '"}}')).toMatchObject({ understood: false, sessionId: "s" });
    expect(rowOf('{"a":{"sessionId":"xxxxxxxx', '"}}')).toMatchObject({ key: "a", sessionId: undefined });
    expect(rowOf('{"xxxxxxxxxxxxxxxxxxxxxxxxx', '":{"sessionId":"s"}}')).toMatchObject({
      understood: false,
      sessionId: "s",
    });
  });

  test("545 MB in ordinary rows are all understood", () => {
    const rowBytes = 5_450_000;
    const parts = Array.from({ length: 100 }, (_, index) => [
      Buffer.from(`${index === 0 ? "{" : ","}"k${index}":{"updatedAt":${index},"x":"`),
      Buffer.alloc(rowBytes, "x"),
      Buffer.from('"}'),
    ]);
    const document = documentOfBytes(Buffer.concat([...parts.flat(), Buffer.from("}")]));
    expect(document.rows.every((row) => row.understood)).toBe(true);
    const last = document.rows[99];
    expect(last).toMatchObject({ key: "k99", updatedAt: 99 });
    expect(last && parseRow(document, last)?.["updatedAt"]).toBe(99);
  });
});
