import { expect, test } from "vitest";
import { parseHeader } from "../../src/transcripts/header.ts";

function parse(line: string): ReturnType<typeof parseHeader> {
  return parseHeader(Buffer.from(line));
}

test("reads every field", () => {
  const header = {
    version: 3,
    id: "6b809db8",
    timestamp: "2026-09-26T19:40:57.380Z",
    cwd: "/w",
    parentSession: "/old/a.jsonl",
  };
  expect(parse(JSON.stringify({ type: "session", ...header }))).toEqual({ state: "header", header });
});

test("only the id is needed; version 1 had no version", () => {
  expect(parse('{"type":"session","id":"a","cwd":7}')).toEqual({
    state: "header",
    header: { version: 1, id: "a", timestamp: undefined, cwd: undefined, parentSession: undefined },
  });
});

test.each([
  ['{"type":"message","id":"a"}', { state: "missing" }],
  ["{}", { state: "missing" }],
  ['{"type":"session","version":4,"id":"a"}', { state: "newer", version: 4 }],
  ['{"type":"session","version":"3","id":"a"}', { state: "damaged", problem: "bad-version" }],
  ['{"type":"session","version":0,"id":"a"}', { state: "damaged", problem: "bad-version" }],
  ['{"type":"session","version":3}', { state: "damaged", problem: "bad-id" }],
  ['{"type":"session","version":3,"id":""}', { state: "damaged", problem: "bad-id" }],
  ['{"type":"session","version":3,"id":"a', { state: "damaged", problem: "not-json" }],
  ["[]", { state: "damaged", problem: "not-an-object" }],
])("%s", (line, expected) => {
  expect(parse(line)).toEqual(expected);
});
