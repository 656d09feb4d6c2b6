import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { isMessageRecord } from "./message-record.ts";

/** Words by which OpenClaw 2026.5.28 and its forerunners mark a tool call in the content of an assistant's message. */
const callTypes: ReadonlySet<JsonValue | undefined> = new Set(["toolCall", "toolUse", "functionCall"]);

/** What a record has to do with tools. */
export interface ToolUse {
  /** Ids of the calls that an assistant's message makes. */
  readonly calls: readonly string[];
  /** Id of the call that a tool result answers. */
  readonly answers: string | undefined;
}

/** Tells which tool calls a record makes, and which one it answers. */
export function toolUseOf(record: JsonObject): ToolUse {
  if (!isMessageRecord(record)) return { calls: [], answers: undefined };
  const inner = record["message"];
  const body = isJsonObject(inner) ? inner : record;
  const { role, content, toolCallId } = body;
  if (role === "assistant") return { calls: callsIn(content), answers: undefined };
  const isResult = role === "toolResult" || role === "tool";
  return { calls: [], answers: isResult && typeof toolCallId === "string" ? toolCallId : undefined };
}

function callsIn(content: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: JsonValue) => {
    if (!isJsonObject(part) || !callTypes.has(part["type"])) return [];
    return typeof part["id"] === "string" ? [part["id"]] : [];
  });
}
