import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseRowTime,
  readEntryText,
} from "@sessionsmith/core";

/** One record of a transcript, for people. */
export interface ConversationTurn {
  /** Who speaks: a role, or what the record is. */
  readonly speaker: string;
  /** Epoch ms; undefined if unknown. */
  readonly at: number | undefined;
  readonly parts: readonly TurnPart[];
}

/** A piece of a turn. Everything but `text` is of second rank, and may be folded. */
export interface TurnPart {
  readonly kind: "text" | "thinking" | "tool-call" | "tool-result" | "image" | "data";
  /** The name of a tool or of a kind of data. */
  readonly title: string;
  readonly text: string;
}

/**
 * Reads a record for people: a message with its text, thinking, tool calls and images, or the summary of a compaction. What is no
 * part of the conversation (header, settings, labels) is undefined; a record of an unknown type is shown as data.
 */
export function conversationTurn(record: JsonObject): ConversationTurn | undefined {
  const inner = record["message"];
  const body = isJsonObject(inner) ? inner : record;
  const at = timeOf(record["timestamp"]) ?? timeOf(body["timestamp"]);
  const role = readEntryText(body, "role");
  const type = readEntryText(record, "type");
  if (type === "message" || (type === undefined && role !== undefined)) {
    return { speaker: role ?? "unknown", at, parts: messageParts(role ?? "unknown", body) };
  }
  if (type !== undefined && silent.has(type)) return undefined;
  if (type === "compaction" || type === "branch_summary")
    return { speaker: type.replace("_", " "), at, parts: [textPart(readEntryText(record, "summary") ?? "")] };
  if (type === "custom_message")
    return {
      speaker: readEntryText(record, "customType") ?? type,
      at,
      parts: contentParts(record["content"]),
    };
  return { speaker: type ?? "record", at, parts: [dataPart(type ?? "record", record)] };
}

/** Records that steer a session, and say nothing in it. */
const silent: ReadonlySet<string> = new Set([
  "session",
  "model_change",
  "thinking_level_change",
  "custom",
  "label",
  "session_info",
]);

function messageParts(role: string, body: JsonObject): readonly TurnPart[] {
  if (role === "toolResult" || role === "tool") {
    const title = readEntryText(body, "toolName") ?? readEntryText(body, "name") ?? "tool";
    const text = contentParts(body["content"])
      .map((part) => part.text)
      .join("\n");
    return [{ kind: "tool-result", title, text }];
  }
  if (role === "bashExecution") {
    const output = readEntryText(body, "output") ?? "";
    return [
      { kind: "tool-result", title: "bash", text: `$ ${readEntryText(body, "command") ?? ""}\n${output}` },
    ];
  }
  const summary = readEntryText(body, "summary");
  const parts = contentParts(body["content"]);
  return summary === undefined ? parts : [textPart(summary), ...parts];
}

function contentParts(content: JsonValue | undefined): readonly TurnPart[] {
  if (typeof content === "string") return [textPart(content)];
  if (!Array.isArray(content)) return [];
  return content.map((item: JsonValue) => (isJsonObject(item) ? contentPart(item) : dataPart("part", item)));
}

function contentPart(part: JsonObject): TurnPart {
  const text = readEntryText(part, "text");
  const type = readEntryText(part, "type");
  if (type === "text" && text !== undefined) return textPart(text);
  if (type === "thinking")
    return { kind: "thinking", title: "thinking", text: readEntryText(part, "thinking") ?? text ?? "" };
  if (type === "toolCall" || type === "toolUse" || type === "functionCall") {
    const given = part["arguments"] ?? part["input"] ?? null;
    const title = readEntryText(part, "name") ?? "tool";
    return {
      kind: "tool-call",
      title,
      text: typeof given === "string" ? given : JSON.stringify(given, null, 2),
    };
  }
  if (type === "image") {
    const data = readEntryText(part, "data");
    const size = data === undefined ? "" : `, ${Buffer.byteLength(data, "base64")} bytes`;
    return { kind: "image", title: "image", text: `${readEntryText(part, "mimeType") ?? "image"}${size}` };
  }
  return dataPart(type ?? "part", part);
}

function textPart(text: string): TurnPart {
  return { kind: "text", title: "", text };
}

function dataPart(title: string, value: JsonValue): TurnPart {
  return { kind: "data", title, text: JSON.stringify(value, null, 2) };
}

function timeOf(value: JsonValue | undefined): number | undefined {
  const time = parseRowTime(value);
  return time.known ? time.atMs : undefined;
}
