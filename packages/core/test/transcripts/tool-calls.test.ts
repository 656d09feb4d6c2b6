import { expect, test } from "vitest";
import { toolUseOf } from "../../src/transcripts/tool-calls.ts";

test.each([
  [
    {
      role: "assistant",
      content: [
        { type: "toolCall", id: "a" },
        { type: "text", id: "x" },
      ],
    },
    ["a"],
    undefined,
  ],
  [
    {
      role: "assistant",
      content: [
        { type: "toolUse", id: "a" },
        { type: "functionCall", id: "b" },
      ],
    },
    ["a", "b"],
    undefined,
  ],
  [{ role: "assistant", content: [{ type: "toolCall", id: 7 }, null, "text"] }, [], undefined],
  [{ role: "assistant", content: "text" }, [], undefined],
  [{ role: "user", content: [{ type: "toolCall", id: "a" }] }, [], undefined],
  [{ role: "toolResult", toolCallId: "a" }, [], "a"],
  [{ role: "tool", toolCallId: "a" }, [], "a"],
  [{ role: "toolResult", toolCallId: 7 }, [], undefined],
  [{ role: "user", toolCallId: "a" }, [], undefined],
])("%j", (message, calls, answers) => {
  const expected = { calls, answers };
  expect(toolUseOf({ type: "message", message })).toEqual(expected);
  expect(toolUseOf(message)).toEqual(expected);
  expect(toolUseOf({ type: "custom", message })).toEqual({ calls: [], answers: undefined });
});
