import { describe, expect, test } from "vitest";
import { scanLines, type ScanLinesOptions } from "../../src/transcripts/scan-lines.ts";
import { bytesFile } from "./bytes-file.ts";

function scan(content: string, options?: ScanLinesOptions): unknown[] {
  return [...scanLines(bytesFile(content), options)].map((line) => [
    line.offset,
    line.length,
    line.endOffset,
    line.terminated,
    line.bytes?.toString(),
  ]);
}

test.each<[content: string, lines: unknown[]]>([
  ["", []],
  ["a", [[0, 1, 1, false, "a"]]],
  ["a\n", [[0, 1, 2, true, "a"]]],
  [
    "a\r\nbc",
    [
      [0, 1, 3, true, "a"],
      [3, 2, 5, false, "bc"],
    ],
  ],
  [
    "\n\r\n",
    [
      [0, 0, 1, true, ""],
      [1, 0, 3, true, ""],
    ],
  ],
  ["a\rb\r", [[0, 4, 4, false, "a\rb\r"]]],
])("%j", (content, lines) => {
  expect(scan(content)).toEqual(lines);
  expect(scan(content, { chunkBytes: 1 })).toEqual(lines);
});

test("a line of blanks and tabs is blank, a line of NUL bytes is not", () => {
  const lines = [...scanLines(bytesFile(" \t\r\n\0\nx\n\n"))];
  expect(lines.map((line) => line.blank)).toEqual([true, false, false, true]);
});

test("a range begins with a line and may end inside one", () => {
  expect(scan("ab\ncd\nef\n", { from: 3, to: 7 })).toEqual([
    [3, 2, 6, true, "cd"],
    [6, 1, 7, false, "e"],
  ]);
});

test("ends where a file that shrank ends", () => {
  const file = bytesFile("ab\ncd");
  const lines = [...scanLines({ ...file, fact: { ...file.fact, size: 100 } })];
  expect(lines.map((line) => line.endOffset)).toEqual([3, 5]);
});

describe("a line longer than the limit", () => {
  test.each([1, 2, 3, 1000])(
    "is reported, not loaded, and the next one is found (chunks of %d)",
    (chunkBytes) => {
      expect(scan("abcd\n12345\nx\r\n", { limitBytes: 4, chunkBytes })).toEqual([
        [0, 4, 5, true, "abcd"],
        [5, 5, 11, true, undefined],
        [11, 1, 14, true, "x"],
      ]);
    },
  );

  test("its line end does not count", () => {
    expect(scan("abcd\r\n12345\r\n", { limitBytes: 4, chunkBytes: 1 })).toEqual([
      [0, 4, 6, true, "abcd"],
      [6, 5, 13, true, undefined],
    ]);
  });

  test("is never held in memory", () => {
    const size = 100 * 2 ** 20;
    const endless = {
      fact: { ...bytesFile("").fact, size },
      read: (into: Uint8Array) => into.fill(0x78).length,
    };
    const before = process.memoryUsage().arrayBuffers;
    const [line] = scanLines(endless, { limitBytes: 2 ** 20 });
    expect(line).toMatchObject({ offset: 0, length: size, terminated: false, bytes: undefined });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size);
  });
});
