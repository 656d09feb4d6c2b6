import { array, assert, constantFrom, integer, option, property, record, string } from "fast-check";
import { expect, test } from "vitest";
import { readBareText, readLegacyMessage } from "../../src/dialects/legacy-message.ts";
import {
  toTranscriptMessage,
  transcriptMessageText,
  unplacedFields,
} from "../../src/dialects/to-transcript-message.ts";
import type { JsonObject } from "../../src/json-value.ts";

const write = (raw: JsonObject) => toTranscriptMessage(readLegacyMessage(raw), 5);
const kept = (raw: JsonObject) => unplacedFields(readLegacyMessage(raw));

test("a user's text stays a text, with an image it becomes parts", () => {
  expect(write({ role: "user", content: "hi" })).toEqual({
    type: "message",
    message: { role: "user", content: "hi", timestamp: 5 },
  });
  const images = ["https://example.com/a.png", "data:image/png;base64,AAAA"];
  expect(write({ role: "USER", content: "see", images })).toMatchObject({
    message: {
      content: [
        { type: "text", text: "see" },
        { type: "text", text: "[image: https://example.com/a.png]" },
        { type: "image", data: "AAAA", mimeType: "image/png" },
      ],
    },
  });
});

test("a bare text is said by the user", () => {
  expect(toTranscriptMessage(readBareText("x"), 5)).toMatchObject({
    message: { role: "user", content: "x" },
  });
});

test("tool calls of the assistant, and the tool's answer", () => {
  const call = { id: "c1", type: "function", function: { name: "read", arguments: '{"path":"/x"}' } };
  expect(write({ role: "assistant", content: "", tool_calls: [call] })).toMatchObject({
    message: {
      role: "assistant",
      content: [{ type: "toolCall", id: "c1", name: "read", arguments: { path: "/x" } }],
      stopReason: "toolUse",
    },
  });
  expect(write({ role: "tool", content: "text", tool_call_id: "c1", name: "read" })).toMatchObject({
    message: {
      role: "toolResult",
      toolCallId: "c1",
      toolName: "read",
      content: [{ type: "text", text: "text" }],
    },
  });
});

test("a role that OpenClaw does not know is a note that the model sees", () => {
  const note = { role: "custom", content: "x", display: true, timestamp: 5 };
  for (const role of ["system", "odd"])
    expect(write({ role, content: "x" })).toEqual({
      type: "message",
      message: { ...note, customType: `legacy-${role}` },
    });
});

test("whatever has no place is kept, nulls apart", () => {
  const parts = [
    { type: "text", text: "a" },
    { type: "audio", url: "u" },
  ];
  const badCall = { id: 5 };
  expect(
    kept({
      role: "user",
      content: parts,
      name: "Ann",
      usage: { input: 1 },
      odd: null,
      tool_calls: [badCall],
      images: 7,
    }),
  ).toEqual({
    content: [{ type: "audio", url: "u" }],
    name: "Ann",
    usage: { input: 1 },
    tool_calls: [badCall],
    images: 7,
  });
  expect(
    kept({ role: "tool", content: "x", tool_call_id: "c", name: "n", timestamp: "t", images: null }),
  ).toEqual({});
  expect(
    kept({
      role: "assistant",
      content: "x",
      tool_calls: [{ id: "a", function: { name: "f", arguments: "no" } }],
    }),
  ).toEqual({
    tool_calls: [{ id: "a", function: { name: "f", arguments: "no" } }],
  });
});

test("as text, it is what JSON makes of it", () => {
  const text = string({ unit: "binary" });
  const call = record({
    id: text,
    function: record({ name: text, arguments: constantFrom("{}", '{"a":"\\"\u00e9"}') }),
  });
  const raw = record({
    role: constantFrom("user", "assistant", "tool", "system"),
    content: text,
    images: option(array(constantFrom("https://example.com/a.png", "data:image/png;base64,AAAA"))),
    tool_calls: option(array(call)),
    tool_call_id: option(text),
    name: option(text),
  });
  assert(
    property(raw, integer(), (stored, atMs) => {
      const message = readLegacyMessage(JSON.parse(JSON.stringify(stored)));
      expect(transcriptMessageText(message, atMs)).toBe(
        JSON.stringify(toTranscriptMessage(message, atMs).message),
      );
    }),
  );
});
