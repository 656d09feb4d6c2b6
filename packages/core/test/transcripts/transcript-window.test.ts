import { describe, expect, test } from "vitest";
import { isStoreError } from "../../src/store-error.ts";
import {
  readTranscriptHead,
  readTranscriptTail,
  type TranscriptWindow,
} from "../../src/transcripts/transcript-window.ts";
import { bytesFile, filesFs, oneFileFs } from "./bytes-file.ts";

function texts(window: TranscriptWindow | undefined): unknown {
  return window && { whole: window.whole, lines: window.lines.map((line) => line.bytes?.toString()) };
}

describe("a window on `one\\ntwo\\nthree`", () => {
  const fs = oneFileFs("one\ntwo\nthree");

  test.each([
    [3, false, []],
    [4, false, ["one"]],
    [7, false, ["one"]],
    [12, false, ["one", "two"]],
    [13, true, ["one", "two", "three"]],
  ])("head of %d bytes", (limitBytes, whole, lines) => {
    expect(texts(readTranscriptHead(fs, "t", limitBytes))).toEqual({ whole, lines });
  });

  test.each([
    [4, false, []],
    [5, false, ["three"]],
    [8, false, ["three"]],
    [9, false, ["two", "three"]],
    [12, false, ["two", "three"]],
    [13, true, ["one", "two", "three"]],
  ])("tail of %d bytes", (limitBytes, whole, lines) => {
    expect(texts(readTranscriptTail(fs, "t", limitBytes))).toEqual({ whole, lines });
  });
});

test("reads 4 KiB, if not told otherwise", () => {
  const file = bytesFile(`${"x".repeat(99)}\n`.repeat(1000));
  const fs = filesFs(new Map([["t", file]]));
  expect(readTranscriptHead(fs, "t")?.lines).toHaveLength(40);
  expect(readTranscriptTail(fs, "t")?.lines).toHaveLength(40);
  expect(file.reads).toEqual([
    [0, 4096],
    [100_000 - 4097, 100_000],
  ]);
});

test("no file is undefined, a directory is refused", () => {
  const file = bytesFile("");
  const fs = filesFs(new Map([["dir", { ...file, fact: { ...file.fact, kind: "directory" } }]]));
  expect(readTranscriptHead(fs, "none")).toBeUndefined();
  expect(() => readTranscriptTail(fs, "dir")).toThrow("dir is a directory, not a regular file");
  expect(() => readTranscriptTail(fs, "dir")).toThrow(expect.toSatisfy(isStoreError));
});
