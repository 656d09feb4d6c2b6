import { describe, expect, test } from "vitest";
import { findOtherFile } from "../../src/session-index/other-file.ts";

const row = '"agent:main:main": {"sessionId": "s1", "updatedAt": 1}';
const wide = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

describe("findOtherFile", () => {
  test.each([
    ["a database", Buffer.from(`SQLite format 3\0${"\0".repeat(90)}"sessionId"`, "latin1"), "database"],
    ["a program", Buffer.from("\u007fELF\u0002\u0001\u0001 and so on and on", "latin1"), "another-file"],
    ["a text", Buffer.from("Notes of Monday:\nnothing happened.\n"), "another-file"],
    ["a short text", Buffer.from("hello\n"), "another-file"],
    ["a short wide text", wide("hello, you\n"), "another-file"],
    ["a wide text", wide("Notes of Monday: nothing"), "another-file"],
    [
      "a transcript",
      Buffer.from('{"type":"session","version":3}\n{"type":"message","x":"\\"sessionId\\""}\n'),
      "another-file",
    ],
    ["a list of other things", Buffer.from("[1, 2, 3, 4, 5, 6, 7, 8]"), "another-file"],
  ])("%s is none", (_, bytes, reason) => {
    expect(findOtherFile(bytes)?.reason).toBe(reason);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["NUL bytes", Buffer.alloc(4096)],
    ["NUL bytes before a row", Buffer.concat([Buffer.alloc(64), Buffer.from(`x${row}}`)])],
    ["a few bytes", Buffer.from("x{}")],
    ["an opening brace", Buffer.from("{")],
    ["one that is cut off in its first letters", Buffer.from('\n{"a')],
    ["the last bytes of one", Buffer.from("1}}\n")],
    ["a few bytes that say nothing", Buffer.from([0xff, 0x12, 0x88])],
    ["what stands for nothing", Buffer.from("null\n")],
    ["one that is cut off in its first key", Buffer.from('{"agent:main:telegram:direct:12')],
    ["one without its beginning", Buffer.from(`ain": 1}, ${row}}`)],
    ["one behind a byte order mark", Buffer.from(`\ufeff{${row}}`)],
    ["a wide one", wide(`{${row}}`)],
    ["a list of rows", Buffer.from(`[{"key": "a", "sessionId": "s1"}]`)],
    ["one with a comma too many", Buffer.from(`{${row},}`)],
  ])("%s may be the rest of one", (_, bytes) => {
    expect(findOtherFile(bytes)).toBeUndefined();
  });
});
