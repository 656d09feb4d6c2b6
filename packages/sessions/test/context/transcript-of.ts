import type { JsonObject } from "@sessionsmith/core";
import type { StoredLine, TranscriptReader } from "@sessionsmith/core/store";

/** A transcript of these records that counts how many of them are read. */
export function transcriptOf(
  records: readonly JsonObject[],
): TranscriptReader & { readonly seen: { lines: number } } {
  const seen = { lines: 0 };
  function* read(lines: readonly StoredLine[]): Generator<StoredLine, undefined> {
    for (const line of lines) {
      seen.lines += 1;
      yield line;
    }
  }
  const lines = records.map((record, n) => ({ at: n * 10, record }));
  return { seen, newestFirst: () => read(lines.toReversed()), oldestFirst: () => read(lines) };
}

/** A message record; its id is its text. */
export function said(role: "assistant" | "user", content: string, extra: JsonObject = {}): JsonObject {
  return { type: "message", id: content, message: { role, content, ...extra } };
}

/** A message of the system. */
export function systemSaid(content: string): JsonObject {
  return { type: "custom_message", customType: "sessionsmith.system", id: content, content, display: true };
}

/** An assistant's message that calls tools. */
export function calling(id: string, ...calls: readonly string[]): JsonObject {
  const content = calls.map((call) => ({ type: "toolCall", id: call, name: "tool", arguments: {} }));
  return { type: "message", id, message: { role: "assistant", content } };
}

/** The result of a tool call. */
export function result(id: string, toolCallId: string): JsonObject {
  const content = [{ type: "text", text: id }];
  return {
    type: "message",
    id,
    message: { role: "toolResult", toolCallId, toolName: "tool", content, isError: false },
  };
}

/** A label on an entry, or its removal. */
export function labelled(targetId: string, label?: string): JsonObject {
  return { type: "label", id: `label of ${targetId}`, targetId, ...(label === undefined ? {} : { label }) };
}
