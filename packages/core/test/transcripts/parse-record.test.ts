import { expect, test } from "vitest";
import { parseRecord } from "../../src/transcripts/parse-record.ts";

test("a JSON object is a record, whatever stands around it", () => {
  expect(parseRecord(Buffer.from(' {"type":"x"}\r'))).toEqual({ ok: true, record: { type: "x" } });
});

test("reads its own bytes only, not the buffer that they are part of", () => {
  const bytes = new TextEncoder().encode('xx{"a":1}yy');
  expect(parseRecord(bytes.subarray(2, 9))).toEqual({ ok: true, record: { a: 1 } });
});

test.each([
  [Buffer.from([0x7b, 0xff, 0x7d]), "not-utf8"],
  [Buffer.from('{"a":'), "not-json"],
  [Buffer.from(""), "not-json"],
  [Buffer.from("\ufeff{}"), "not-json"],
  [Buffer.from("\0\0"), "not-json"],
  [Buffer.from("null"), "not-an-object"],
  [Buffer.from("[1]"), "not-an-object"],
  [Buffer.from("[".repeat(2 ** 20)), "too-deep"],
])("%#: %s", (line, problem) => {
  expect(parseRecord(line)).toEqual({ ok: false, problem });
});

test("a field called __proto__ stays a field", () => {
  const parsed = parseRecord(Buffer.from('{"__proto__":{"type":"message"}}'));
  expect(parsed.ok && Object.hasOwn(parsed.record, "__proto__") && parsed.record["type"]).toBeUndefined();
});
