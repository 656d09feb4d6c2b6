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
  const rest: RestField[] = [];
  for (const field of Object.keys(raw)) {
    const value = raw[field];
    if (value !== undefined && value !== null && !known.has(field)) rest.push([field, value]);
  }
  const content = readContent(raw["content"]);
  if (content.rest.length > 0) rest.push(["content", content.rest]);
  const calls = readToolCalls(raw["tool_calls"]);
  if (calls.rest.length > 0) rest.push(["tool_calls", calls.rest]);
  const listed = raw["images"] ?? none;
  const images = textList(listed);
  if (images === undefined) rest.push(["images", listed]);
  return {
    role: takeText(raw, "role", rest)?.toLowerCase() ?? "user",
    text: content.text,
    toolCalls: calls.toolCalls,
    toolCallId: takeText(raw, "tool_call_id", rest),
    name: takeText(raw, "name", rest),
    images: images === undefined || images.length === 0 ? content.images : [...content.images, ...images],
    time: raw["timestamp"],
    rest: rest.length === 0 ? nothing : Object.fromEntries(rest),
  };
}

/** A field that has no place in a message, by its name. */
type RestField = readonly [string, JsonValue];

/** One for all messages that have none: a store has millions. */
const nothing: JsonObject = {};
const none: readonly never[] = [];

/** A field that holds text; anything else but null goes to `rest`. */
function takeText(
  raw: JsonObject,
  field: "role" | "tool_call_id" | "name",
  rest: RestField[],
): string | undefined {
  const stored = raw[field];
  if (typeof stored === "string") return stored;
  if (stored !== undefined && stored !== null) rest.push([field, stored]);
  return undefined;
}

/** Reads a message that is nothing but a text: whatever names no role is said by the user, as for openclaw-python. */
export function readBareText(value: string): LegacyMessage {
  return {
    role: "user",
    text: value,
    toolCalls: none,
    toolCallId: undefined,
    name: undefined,
    images: none,
    time: undefined,
    rest: nothing,
  };
}

interface Content {
  readonly text: string;
  readonly images: readonly string[];
  /** Parts that are no text and no image. */
  readonly rest: readonly JsonValue[];
}

function readContent(value: JsonValue | undefined): Content {
  if (typeof value === "string") return { text: value, images: none, rest: none };
  if (value === undefined || value === null) return { text: "", images: none, rest: none };
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
  return part["type"] === "text" ? text(part["text"]) : undefined;
}

function imageOf(part: JsonValue): string | undefined {
  if (!isJsonObject(part) || part["type"] !== "image_url") return undefined;
  const address = part["image_url"];
  return isJsonObject(address) && Object.keys(address).length === 1 ? text(address["url"]) : undefined;
}

/** Calls in the form of OpenAI's API: `{id, type: "function", function: {name, arguments: "<JSON>"}}`. */
function readToolCalls(value: JsonValue | undefined): {
  readonly toolCalls: readonly LegacyToolCall[];
  readonly rest: readonly JsonValue[];
} {
  if (value === undefined || value === null) return noCalls;
  const toolCalls: LegacyToolCall[] = [];
  const rest: JsonValue[] = [];
  for (const call of Array.isArray(value) ? value : [value]) {
    const read = readToolCall(call);
    if (read === undefined) rest.push(call);
    else toolCalls.push(read);
  }
  return { toolCalls, rest };
}

const noCalls = { toolCalls: none, rest: none };

function readToolCall(call: JsonValue): LegacyToolCall | undefined {
  if (!isJsonObject(call)) return undefined;
  const id = text(call["id"]);
  const called = call["function"];
  const name = isJsonObject(called) ? text(called["name"]) : undefined;
  const given = isJsonObject(called) ? parseArguments(called["arguments"]) : undefined;
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

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textList(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string") ? value : undefined;
}
