import { expect, test } from "vitest";
import { inspectTail, isTailWhole, type TranscriptTail } from "../../src/transcripts/inspect-tail.ts";
import { oneFileFs } from "./bytes-file.ts";

function tailOf(content: string | Uint8Array): TranscriptTail | undefined {
  return inspectTail(oneFileFs(content), "t");
}

const record = '{"type":"message"}';

test.each<[name: string, content: string, expected: TranscriptTail, whole: boolean]>([
  ["empty", "", { nulOffset: undefined, lastLine: undefined }, true],
  ["blank lines only", "\n \r\n", { nulOffset: undefined, lastLine: undefined }, true],
  [
    "whole",
    `{}\n${record}\n`,
    { nulOffset: undefined, lastLine: { offset: 3, length: 18, terminated: true, content: "record" } },
    true,
  ],
  [
    "CRLF and blank lines after it",
    `${record}\r\n\r\n \n`,
    { nulOffset: undefined, lastLine: { offset: 0, length: 18, terminated: true, content: "record" } },
    true,
  ],
  [
    "no line feed",
    `{}\n${record}`,
    { nulOffset: undefined, lastLine: { offset: 3, length: 18, terminated: false, content: "record" } },
    false,
  ],
  [
    "cut off",
    `{}\n{"type":"mess`,
    { nulOffset: undefined, lastLine: { offset: 3, length: 13, terminated: false, content: "unparsable" } },
    false,
  ],
  [
    "garbage, but terminated",
    "{}\noops\n",
    { nulOffset: undefined, lastLine: { offset: 3, length: 4, terminated: true, content: "unparsable" } },
    false,
  ],
  [
    "NUL tail after a whole line",
    "{}\n\0\0\0",
    { nulOffset: 3, lastLine: { offset: 0, length: 2, terminated: true, content: "record" } },
    false,
  ],
  [
    "NUL tail inside a line",
    `{}\n{"a\0\0`,
    { nulOffset: 6, lastLine: { offset: 3, length: 3, terminated: false, content: "unparsable" } },
    false,
  ],
  [
    "NUL bytes, then a line feed",
    "{}\n\0\0\n",
    { nulOffset: undefined, lastLine: { offset: 3, length: 2, terminated: true, content: "unparsable" } },
    false,
  ],
  ["nothing but NUL", "\0\0", { nulOffset: 0, lastLine: undefined }, false],
])("%s", (_, content, expected, whole) => {
  expect(tailOf(content)).toEqual(expected);
  expect(isTailWhole(expected)).toBe(whole);
});

test("finds the start of lines and NUL tails that are longer than one step back", () => {
  const line = JSON.stringify({ text: "x".repeat(200_000) });
  const tail = tailOf(`{}\n${line}\n${"\0".repeat(150_000)}`);
  expect(tail).toEqual({
    nulOffset: 3 + line.length + 1,
    lastLine: { offset: 3, length: line.length, terminated: true, content: "record" },
  });
});

test("a last line above the limit is reported, not loaded", () => {
  const tail = tailOf(Buffer.concat([Buffer.from("{}\n"), Buffer.alloc(64 * 2 ** 20 + 1, "x")]));
  expect(tail?.lastLine).toMatchObject({ offset: 3, content: "too-long" });
});

test("no file is undefined", () => {
  expect(inspectTail(oneFileFs(""), "none")).toBeUndefined();
});
