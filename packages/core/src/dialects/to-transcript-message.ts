import type { JsonObject, JsonValue } from "../json-value.ts";
import type { LegacyMessage } from "./legacy-message.ts";

/** A record of a transcript, version 3, without its id, parent and time. */
export interface TranscriptBody {
  readonly type: "message";
  readonly message: JsonObject;
}

/** What stands before the role in the `customType` of a message whose role OpenClaw does not know. */
export const legacyRolePrefix = "legacy-";

/**
 * Writes a legacy message as OpenClaw does (2026.5.28 transcript format, version 3): `user`, `assistant` and `toolResult`.
 * One of another role (`system` above all) becomes a message of the role `custom`, as OpenClaw itself makes it of version 2's
 * `hookMessage`: it stays in the model's context, and a session of nothing else is not taken for an empty one, as it would be with
 * records of the type `custom_message`. An image that is not in the store stands in the text as `[image: <address>]`.
 * @param atMs epoch ms
 */
export function toTranscriptMessage(message: LegacyMessage, atMs: number): TranscriptBody {
  return { type: "message", message: JSON.parse(transcriptMessageText(message, atMs)) };
}

/**
 * The message of {@link toTranscriptMessage} as JSON text. Those of the user and the assistant, which are nearly all, are put
 * together by hand: that takes half of the time.
 * @param atMs epoch ms
 */
export function transcriptMessageText(message: LegacyMessage, atMs: number): string {
  const { role, toolCallId } = message;
  if (role === "user")
    return `{"role":"user","content":${JSON.stringify(userContent(message))},"timestamp":${atMs}}`;
  if (role === "assistant") return assistantText(message, atMs);
  const isResult = (role === "tool" || role === "function") && toolCallId !== undefined;
  return JSON.stringify(isResult ? toolResult(message, toolCallId, atMs) : customMessage(message, atMs));
}

function assistantText(message: LegacyMessage, atMs: number): string {
  const calls = message.toolCalls.map((call) => ({ type: "toolCall", ...call }));
  const isText = message.text !== "" && message.images.length === 0 && calls.length === 0;
  const content = isText
    ? `[${textPart(message.text)}]`
    : JSON.stringify([...textAndImages(message), ...calls]);
  const stopReason = calls.length > 0 ? "toolUse" : "stop";
  return `{"role":"assistant","content":${content},${unknownModel},"stopReason":"${stopReason}","timestamp":${atMs}}`;
}

function textPart(text: string): string {
  return `{"type":"text","text":${JSON.stringify(text)}}`;
}

/** What a message says that {@link toTranscriptMessage} finds no place for; empty for most messages. */
export function unplacedFields(message: LegacyMessage): JsonObject {
  const { role, name, toolCalls, toolCallId, rest } = message;
  if (name === undefined && toolCallId === undefined && toolCalls.length === 0) return rest;
  const isResult = (role === "tool" || role === "function") && toolCallId !== undefined;
  return {
    ...rest,
    ...(name === undefined || isResult ? {} : { name }),
    ...(toolCallId === undefined || isResult ? {} : { tool_call_id: toolCallId }),
    ...(toolCalls.length === 0 || role === "assistant"
      ? {}
      : { tool_calls: toolCalls.map((call) => ({ ...call })) }),
  };
}

function userContent(message: LegacyMessage): JsonValue {
  return message.images.length === 0 ? message.text : textAndImages(message);
}

function toolResult(message: LegacyMessage, toolCallId: string, atMs: number): JsonObject {
  const toolName = message.name ?? "unknown";
  const content = textAndImages(message);
  return { role: "toolResult", toolCallId, toolName, content, isError: false, timestamp: atMs };
}

function customMessage({ role, text, images }: LegacyMessage, atMs: number): JsonObject {
  const content = [text, ...images.map(imageText)].filter((part) => part !== "").join("\n");
  return {
    role: "custom",
    customType: `${legacyRolePrefix}${role}`,
    content,
    display: true,
    timestamp: atMs,
  };
}

function textAndImages({ text, images }: LegacyMessage): readonly JsonObject[] {
  const words = text === "" ? [] : [{ type: "text", text }];
  return images.length === 0 ? words : [...words, ...images.map((image) => imagePart(image))];
}

const dataAddress = "data:";
const base64Mark = ";base64,";

/** An image that is part of its address is an image part; of any other only the address is known. */
function imagePart(address: string): JsonObject {
  const mark = address.startsWith(dataAddress) ? address.indexOf(base64Mark) : -1;
  if (mark === -1) return { type: "text", text: imageText(address) };
  const mimeType = address.slice(dataAddress.length, mark);
  return { type: "image", data: address.slice(mark + base64Mark.length), mimeType };
}

function imageText(address: string): string {
  return `[image: ${address}]`;
}

/** The members for what OpenClaw wants to know of the model of each answer, and no legacy store says. */
const unknownModel = JSON.stringify({
  api: "legacy",
  provider: "legacy",
  model: "unknown",
  usage: {
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite: 0,
    totalTokens: 0,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 },
  },
}).slice(1, -1);
