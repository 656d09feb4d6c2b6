import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";

/** A message of a legacy store, whatever dialect it stood in. */
export interface LegacyMessage {
  /** Lower case; `user` if the message names none. */
  readonly role: string;
  readonly text: string;
  readonly toolCalls: readonly LegacyToolCall[];
  /** What a tool's answer belongs to. */
  readonly toolCallId: string | undefined;
  readonly name: string | undefined;
  /** Addresses or paths of images, as they stood. */
  readonly images: readonly string[];
  /** The stored time, not yet understood. */
  readonly time: JsonValue | undefined;
  /** Fields and parts that say something, but have no place in a message of OpenClaw. */
  readonly rest: JsonObject;
}

/** A call of a tool by the assistant. */
export interface LegacyToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonObject;
}

/** What {@link readLegacyMessage} understands, if it has the right type. */
const known: ReadonlySet<string> = new Set([
  "role",
  "content",
  "timestamp",
  "tool_calls",
  "tool_call_id",
  "name",
  "images",
]);

/**
 * Reads a message as openclaw-python and its relatives write it (`role`, `content`, `timestamp`, `tool_calls`,
 * `tool_call_id`, `name`, `images`). Whatever it does not understand is in `rest`; nothing is dropped but nulls.
 */
export function readLegacyMessage(raw: JsonObject): LegacyMessage {
  const rest = new Map<string, JsonValue>();
  for (const field of Object.keys(raw)) {
    const value = raw[field];
    if (value !== undefined && value !== null && !known.has(field)) rest.set(field, value);
  }
  const content = readContent(own(raw, "content"));
  if (content.rest.length > 0) rest.set("content", content.rest);
  const calls = readToolCalls(own(raw, "tool_calls"));
  if (calls.rest.length > 0) rest.set("tool_calls", calls.rest);
  const listed = own(raw, "images") ?? [];
  const images = textList(listed);
  if (images === undefined) rest.set("images", listed);
  return {
    role: takeText(raw, "role", rest)?.toLowerCase() ?? "user",
    text: content.text,
    toolCalls: calls.toolCalls,
    toolCallId: takeText(raw, "tool_call_id", rest),
    name: takeText(raw, "name", rest),
    images: images === undefined || images.length === 0 ? content.images : [...content.images, ...images],
    time: own(raw, "timestamp"),
    rest: rest.size === 0 ? nothing : Object.fromEntries(rest),
  };
}

const nothing: JsonObject = {};

/** A field that holds text; anything else but null goes to `rest`. */
function takeText(raw: JsonObject, field: string, rest: Map<string, JsonValue>): string | undefined {
  const stored = own(raw, field);
  if (typeof stored === "string") return stored;
  if (stored !== undefined && stored !== null) rest.set(field, stored);
  return undefined;
}

/** Reads a message that is nothing but a text: whatever names no role is said by the user, as for openclaw-python. */
export function readBareText(value: string): LegacyMessage {
  const none = { toolCalls: [], toolCallId: undefined, name: undefined, images: [], time: undefined };
  return { ...none, role: "user", text: value, rest: {} };
}

interface Content {
  readonly text: string;
  readonly images: readonly string[];
  /** Parts that are no text and no image. */
  readonly rest: readonly JsonValue[];
}

function readContent(value: JsonValue | undefined): Content {
  if (typeof value === "string") return { text: value, images: [], rest: [] };
  if (value === undefined || value === null) return { text: "", images: [], rest: [] };
  const texts: string[] = [];
  const images: string[] = [];
  const rest: JsonValue[] = [];
  for (const part of Array.isArray(value) ? value : [value]) {
    const image = imageOf(part);
    const words = textOf(part);
    if (words !== undefined) texts.push(words);
    else if (image !== undefined) images.push(image);
    else rest.push(part);
  }
  return { text: texts.join("\n"), images, rest };
}

function textOf(part: JsonValue): string | undefined {
  if (typeof part === "string") return part;
  if (!isJsonObject(part) || Object.keys(part).length !== 2) return undefined;
  return own(part, "type") === "text" ? text(own(part, "text")) : undefined;
}

function imageOf(part: JsonValue): string | undefined {
  if (!isJsonObject(part) || own(part, "type") !== "image_url") return undefined;
  const address = own(part, "image_url");
  return isJsonObject(address) && Object.keys(address).length === 1 ? text(own(address, "url")) : undefined;
}

/** Calls in the form of OpenAI's API: `{id, type: "function", function: {name, arguments: "<JSON>"}}`. */
function readToolCalls(value: JsonValue | undefined): {
  readonly toolCalls: readonly LegacyToolCall[];
  readonly rest: readonly JsonValue[];
} {
  if (value === undefined || value === null) return { toolCalls: [], rest: [] };
  const toolCalls: LegacyToolCall[] = [];
  const rest: JsonValue[] = [];
  for (const call of Array.isArray(value) ? value : [value]) {
    const read = readToolCall(call);
    if (read === undefined) rest.push(call);
    else toolCalls.push(read);
  }
  return { toolCalls, rest };
}

function readToolCall(call: JsonValue): LegacyToolCall | undefined {
  if (!isJsonObject(call)) return undefined;
  const id = text(own(call, "id"));
  const called = own(call, "function");
  const name = isJsonObject(called) ? text(own(called, "name")) : undefined;
  const given = isJsonObject(called) ? parseArguments(own(called, "arguments")) : undefined;
  return id === undefined || name === undefined || given === undefined
    ? undefined
    : { id, name, arguments: given };
}

function parseArguments(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  if (value === undefined || value === null || value === "") return {};
  if (typeof value !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function own(object: JsonObject, field: string): JsonValue | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textList(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string") ? value : undefined;
}
