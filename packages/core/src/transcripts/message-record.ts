import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { encryptedRole, encryptedText, envelopeKind } from "./envelope.ts";

/** Roles by which a record without a `type` is a message (OpenClaw 2026.5.28 store format). */
const messageRoles: ReadonlySet<JsonValue | undefined> = new Set([
  "user",
  "assistant",
  "tool",
  "toolResult",
  "system",
]);

/** What one message says, for titles and previews. */
export interface TranscriptMessage {
  readonly role: string;
  /** Its text parts, joined by line feeds; empty if it has none (images, tool calls). */
  readonly text: string;
}

/**
 * Tells whether a record is a message: `type` is `message`, or there is no `type` and the role of it or of its `message`
 * is user, assistant, tool, toolResult or system (OpenClaw 2026.5.28 store format). An encrypted line may be one, so it counts.
 */
export function isMessageRecord(record: JsonObject): boolean {
  if (envelopeKind(record) === "line") return true;
  if (typeof record["type"] === "string") return record["type"] === "message";
  return messageRoles.has(record["role"]) || messageRoles.has(bodyOf(record)["role"]);
}

/**
 * Tells whether a record is part of what a model is shown of a conversation: a message, or a `custom_message`, which is how a
 * message of the system is stored (OpenClaw 2026.5.28 store format).
 */
export function isConversationRecord(record: JsonObject): boolean {
  return record["type"] === "custom_message" || isMessageRecord(record);
}

/**
 * Role and text of a message record; undefined for any other record, and for a message without a role. What is encrypted shows
 * {@link encryptedText} and nothing else.
 */
export function parseMessage(record: JsonObject): TranscriptMessage | undefined {
  if (!isMessageRecord(record)) return undefined;
  if (envelopeKind(record) === "line") return { role: encryptedRole, text: encryptedText };
  const body = bodyOf(record);
  const role = body["role"];
  return typeof role === "string" ? { role, text: textOf(body["content"]) } : undefined;
}

/** The message itself: the `message` field, or the record in the form that has none. */
function bodyOf(record: JsonObject): JsonObject {
  const body = record["message"];
  return isJsonObject(body) ? body : record;
}

function textOf(content: JsonValue | undefined): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.flatMap(textPart).join("\n");
}

function textPart(part: JsonValue): string[] {
  if (!isJsonObject(part) || part["type"] !== "text") return [];
  return typeof part["text"] === "string" ? [part["text"]] : [];
}
