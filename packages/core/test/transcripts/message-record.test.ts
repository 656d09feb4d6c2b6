import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { isMessageRecord, parseMessage } from "../../src/transcripts/message-record.ts";

describe("isMessageRecord", () => {
  test.each<[record: JsonObject, expected: boolean]>([
    [{ type: "message" }, true],
    [{ type: "message", message: { role: "bashExecution" } }, true],
    [{ role: "user" }, true],
    [{ role: "assistant" }, true],
    [{ role: "tool" }, true],
    [{ role: "toolResult" }, true],
    [{ role: "system" }, true],
    [{ message: { role: "user" } }, true],
    [{ type: null, role: "user" }, true],
    [{ type: "session", role: "user" }, false],
    [{ type: "custom", message: { role: "user" } }, false],
    [{ role: "owner" }, false],
    [{ message: "user" }, false],
    [{ type: "custom", customType: "sessionsmith.encrypted", data: { n: 1 } }, true],
    [{ type: "custom", customType: "sessionsmith.encrypted", data: { n: 0 } }, false],
    [{ type: "custom", customType: "another", data: { n: 1 } }, false],
    [{}, false],
  ])("%j is %s", (record, expected) => {
    expect(isMessageRecord(record)).toBe(expected);
  });
});

describe("parseMessage", () => {
  test("joins the text parts and leaves the others out", () => {
    const content = [
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "one" },
      { type: "text", text: 2 },
      null,
      { type: "text", text: "two" },
    ];
    expect(parseMessage({ type: "message", message: { role: "assistant", content } })).toEqual({
      role: "assistant",
      text: "one\ntwo",
    });
  });

  test.each<[record: JsonObject, expected: unknown]>([
    [
      { type: "message", message: { role: "user", content: "hi" } },
      { role: "user", text: "hi" },
    ],
    [
      { role: "user", content: "hi" },
      { role: "user", text: "hi" },
    ],
    [
      { type: "message", message: { role: "user" } },
      { role: "user", text: "" },
    ],
    [
      { type: "custom", customType: "sessionsmith.encrypted", data: { n: 1, text: "aGk=" } },
      { role: "encrypted", text: "[encrypted]" },
    ],
    [{ type: "message" }, undefined],
    [{ type: "label", role: "user", content: "hi" }, undefined],
  ])("%j", (record, expected) => {
    expect(parseMessage(record)).toEqual(expected);
  });
});
