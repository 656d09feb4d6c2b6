import { readJsonLines } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { readLogLines } from "../../src/read/read-log-lines.ts";
import { readTextLines } from "../../src/read/read-text-lines.ts";
import { memoryFile } from "./memory-file.ts";

const lines = (...texts: readonly string[]) => [...readJsonLines(memoryFile(texts.join("\n")))];

describe("JSON lines", () => {
  test("bare messages, records with a type, and what is neither", () => {
    expect(
      lines(
        '{"type":"session","version":1,"id":"x"}',
        '{"type":"metadata","data":{"n":1}}',
        '{"type":"message","id":"m1","parentId":"m0","message":{"role":"user","content":"one","id":"m1"}}',
        '{"role":"assistant","content":"two","id":"m2","parent_id":"m1"}',
        '{"what":"ever"}',
      ).map((item) =>
        item.kind === "message" ? [item.message.text, item.recordId, item.parentId] : item.kind,
      ),
    ).toEqual(["head", "record", ["one", "m1", "m0"], ["two", "m2", "m1"], "record"]);
  });

  test("a line that is cut off at the end, and one that is broken in the middle", () => {
    const items = lines('{"content":"one"}', "{broken", "", '"a text"', '{"content":"tw');
    expect(items.flatMap((item) => (item.kind === "trouble" ? [item.trouble] : []))).toEqual([
      { id: "legacy-message-unread", problem: "the line is not-json", offset: 18, line: 2 },
      { id: "legacy-bare-text", offset: 27, line: 4 },
      { id: "legacy-cut-off", problem: "the last line is not complete", offset: 36, line: 5 },
    ]);
  });

  test("the time of a record counts where its message has none", () => {
    const [item] = lines('{"type":"message","timestamp":"2026-01-01T00:00:00Z","message":{"content":"x"}}');
    expect(item).toMatchObject({ message: { time: "2026-01-01T00:00:00Z", rest: {} } });
  });
});

test("text lines: a line without a role goes on with the message before it", () => {
  const items = [...readTextLines(memoryFile("user: a\nb\n\nassistant: c: d\nuser:\n"))];
  expect(
    items.map((item) => (item.kind === "message" ? [item.message.role, item.message.text] : item)),
  ).toEqual([
    ["user", "a\nb\n"],
    ["assistant", "c: d"],
    ["user", ""],
  ]);
});

test("log lines: values that were written without escaping are read all the same", () => {
  const text =
    '{"ts":"2026-06-01 10:00:00","cmd":"add","val":"say "hi""}\n{"ts":"t","cmd":"remove","val":"1"}\nx\n';
  const items = [...readLogLines(memoryFile(text))];
  expect(items.map(({ kind }) => kind)).toEqual(["message", "record", "trouble"]);
  expect(items[0]).toMatchObject({
    message: { role: "user", text: 'say "hi"', time: "2026-06-01 10:00:00" },
  });
});
