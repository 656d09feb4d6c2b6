import { array, assert, constantFrom, integer, option, property, record, string } from "fast-check";
import { expect, test } from "vitest";
import { type LegacyMessage, readBareText, readLegacyMessage } from "../../src/dialects/legacy-message.ts";
import {
  toTranscriptMessage,
  transcriptMessageText,
  unplacedFields,
} from "../../src/dialects/to-transcript-message.ts";
import type { JsonObject, JsonValue } from "../../src/json-value.ts";

const write = (raw: JsonObject) => toTranscriptMessage(readLegacyMessage(raw), 5);
const answer = (raw: JsonObject) => write({ role: "assistant", ...raw }).message;
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

test("an answer has all that OpenClaw wants to know of it", () => {
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  const usage = { ...none, totalTokens: 0, cost: { ...none, total: 0 } };
  const run = { role: "assistant", api: "legacy", provider: "legacy", model: "unknown", usage, timestamp: 5 };
  const said = { type: "text", text: 'a "text"\n' };
  const image = { type: "image", data: "AAAA", mimeType: "image/png" };
  expect(answer({ content: said.text })).toEqual({ ...run, content: [said], stopReason: "stop" });
  expect(answer({ content: "" })).toEqual({ ...run, content: [], stopReason: "stop" });
  expect(answer({ content: said.text, images: ["data:image/png;base64,AAAA"] })).toEqual({
    ...run,
    content: [said, image],
    stopReason: "stop",
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

test("as text, it is what JSON makes of it, and it says what the message says", () => {
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
      const line = transcriptMessageText(message, atMs);
      const written = toTranscriptMessage(message, atMs).message;
      expect(line).toBe(JSON.stringify(written));
      expect(written).toMatchObject({ timestamp: atMs, content: contentOf(message) });
    }),
  );
});

/** The content of a message as OpenClaw spells it; the images here are of two kinds. */
function contentOf({ role, text, images, toolCalls, toolCallId }: LegacyMessage): JsonValue {
  const isResult = (role === "tool" || role === "function") && toolCallId !== undefined;
  const shown = images.map((image) => `[image: ${image}]`);
  if (role === "user" && images.length === 0) return text;
  if (role !== "user" && role !== "assistant" && !isResult)
    return [text, ...shown].filter((part) => part !== "").join("\n");
  return [
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...images.map((image, n) =>
      image.startsWith("data:")
        ? { type: "image", data: "AAAA", mimeType: "image/png" }
        : { type: "text", text: shown[n] },
    ),
    ...(role === "assistant" ? toolCalls.map((call) => ({ type: "toolCall", ...call })) : []),
  ];
}
