import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { scanLines } from "../../src/transcripts/scan-lines.ts";
import { bytesFile } from "./bytes-file.ts";

const content = array(constantFrom("a", "é", " ", "\r", "\n", "\r\n", "long line"), { maxLength: 40 });

test("lines and their ends put together are the file, whatever the chunk size", () => {
  assert(
    property(content, integer({ min: 1, max: 12 }), (pieces, chunkBytes) => {
      const bytes = Buffer.from(pieces.join(""));
      const lines = [...scanLines(bytesFile(bytes), { chunkBytes })];
      expect(lines.map((line) => bytes.subarray(line.offset, line.endOffset)).join("")).toBe(
        bytes.toString(),
      );
      for (const line of lines) {
        expect(line.bytes).toEqual(bytes.subarray(line.offset, line.offset + line.length));
        expect(bytes.subarray(line.offset + line.length, line.endOffset).toString()).toMatch(
          line.terminated ? /^\r?\n$/ : /^$/,
        );
        expect(line.bytes).not.toContain(0x0a);
      }
    }),
  );
});

test("the limit takes bytes away and changes nothing else", () => {
  assert(
    property(
      content,
      integer({ min: 0, max: 12 }),
      integer({ min: 1, max: 12 }),
      (pieces, limitBytes, chunkBytes) => {
        const file = bytesFile(pieces.join(""));
        const expected = [...scanLines(file)].map((line) =>
          line.length > limitBytes ? { ...line, bytes: undefined, blank: false } : line,
        );
        expect([...scanLines(file, { limitBytes, chunkBytes })]).toEqual(expected);
      },
    ),
  );
});
