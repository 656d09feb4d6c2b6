import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/json-value.ts";
import {
  readFirstUserMessage,
  readLastMessages,
  type TranscriptOpener,
} from "../../src/transcripts/read-messages.ts";
import { bytesFile, filesFs, oneFileFs } from "./bytes-file.ts";

const header = '{"type":"session","version":3,"id":"a"}';

function message(role: string, text: string): string {
  return JSON.stringify({ type: "message", message: { role, content: [{ type: "text", text }] } });
}

function filler(bytes: number): string {
  return JSON.stringify({ type: "custom", data: "x".repeat(bytes) });
}

function lines(...parts: string[]): string {
  return parts.map((part) => `${part}\n`).join("");
}

describe("readFirstUserMessage", () => {
  test("passes over other roles, empty texts and lines that can't be parsed", () => {
    const content = lines(
      header,
      message("assistant", "hello"),
      "oops",
      message("user", " "),
      message("user", "h😀llo"),
    );
    expect(readFirstUserMessage(oneFileFs(content), "t", { maxChars: 3 })).toEqual({
      role: "user",
      text: "h😀l",
    });
  });

  test("reads on in steps of 4 KiB until it is found", () => {
    const file = bytesFile(lines(header, filler(5000), message("user", "here"), filler(100_000)));
    const fs = filesFs(new Map([["t", file]]));
    expect(readFirstUserMessage(fs, "t", { maxChars: 100 })?.text).toBe("here");
    expect(file.reads).toEqual([
      [0, 4096],
      [4096, 8192],
    ]);
  });

  test("looks no further than the cap", () => {
    const fs = oneFileFs(lines(header, filler(5000), message("user", "here")));
    expect(readFirstUserMessage(fs, "t", { maxChars: 100, capBytes: 5000 })).toBeUndefined();
    expect(readFirstUserMessage(oneFileFs(""), "none", { maxChars: 100 })).toBeUndefined();
  });
});

describe("readLastMessages", () => {
  const content = lines(
    header,
    message("user", "one"),
    message("toolResult", ""),
    message("assistant", "two"),
    filler(9),
  );

  test.each([
    [0, []],
    [1, ["two"]],
    [2, ["one", "two"]],
    [9, ["one", "two"]],
  ])("the last %d, oldest first", (limit, expected) => {
    const messages = readLastMessages(oneFileFs(content), "t", { limit, maxChars: 100 });
    expect(messages?.map(({ text }) => text)).toEqual(expected);
  });

  test("a torn last line is passed over, a whole one without line feed is not", () => {
    const torn = `${content}{"type":"message","message":{"role":"us`;
    const open = `${content}${message("user", "three")}`;
    expect(readLastMessages(oneFileFs(torn), "t", { limit: 1, maxChars: 100 })?.[0]?.text).toBe("two");
    expect(readLastMessages(oneFileFs(open), "t", { limit: 1, maxChars: 2 })).toEqual([
      { role: "user", text: "th" },
    ]);
  });

  test("looks at four times as much until there are enough, up to the cap", () => {
    const file = bytesFile(
      lines(header, message("user", "one"), filler(30_000), message("user", "two"), filler(9000)),
    );
    const fs = filesFs(new Map([["t", file]]));
    const { size } = file.fact;
    expect(readLastMessages(fs, "t", { limit: 1, maxChars: 100 })?.map(({ text }) => text)).toEqual(["two"]);
    expect(file.reads.map(([from]) => size - from)).toEqual([4097, 16_385]);
    expect(readLastMessages(fs, "t", { limit: 2, maxChars: 100 })).toHaveLength(2);
    expect(readLastMessages(fs, "t", { limit: 2, maxChars: 100, capBytes: 20_000 })).toHaveLength(1);
  });

  test("no file is undefined, a file without messages is empty", () => {
    expect(readLastMessages(oneFileFs(""), "none", { limit: 1, maxChars: 1 })).toBeUndefined();
    expect(readLastMessages(oneFileFs(lines(header)), "t", { limit: 1, maxChars: 1 })).toEqual([]);
  });
});

const closed = (n: number) => ({ type: "custom", customType: "sessionsmith.encrypted", data: { n } });
const numberIn = ({ data }: JsonObject) =>
  isJsonObject(data) && typeof data["n"] === "number" ? data["n"] : -1;
const opener: TranscriptOpener = () => (record, before) => ({
  role: numberIn(record) === 1 ? "assistant" : "user",
  content: `${numberIn(record)} after ${numberIn(before)}`,
});

describe("with a way to decrypt", () => {
  const stored = [{ type: "session" }, closed(0), closed(1), closed(2), closed(3)].map((line) =>
    JSON.stringify(line),
  );
  const fs = oneFileFs(lines(...stored));

  test("each record is opened with the one before it", () => {
    expect(readFirstUserMessage(fs, "t", { maxChars: 50, opener })).toEqual({
      role: "user",
      text: "2 after 1",
    });
    expect(readLastMessages(fs, "t", { maxChars: 50, limit: 2, opener })).toEqual([
      { role: "user", text: "2 after 1" },
      { role: "user", text: "3 after 2" },
    ]);
    const shown = { role: "encrypted", text: "[encrypted]" };
    expect(readFirstUserMessage(fs, "t", { maxChars: 50 })).toEqual(shown);
    expect(readLastMessages(fs, "t", { maxChars: 50, limit: 9 })).toEqual([shown, shown, shown]);
  });

  test("what can't be told from its part of the file is left out", () => {
    const capBytes = Buffer.byteLength(lines(...stored.slice(3))) + 5;
    expect(readLastMessages(fs, "t", { maxChars: 50, limit: 9, capBytes, opener })).toEqual([
      { role: "user", text: "3 after 2" },
    ]);
  });
});
