import { createHash, type Hash } from "node:crypto";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  legacyRolePrefix,
  type LegacyMessage,
} from "@sessionsmith/core";

/**
 * What a message says, in one spelling for both sides of a migration: role, text with the addresses of images, tool calls,
 * and what a tool's answer belongs to.
 */
export interface SaidMessage {
  readonly role: string;
  readonly texts: readonly string[];
  readonly toolCalls: readonly JsonValue[];
  readonly toolCallId: string | undefined;
}

/** What a message of a legacy store says. */
export function saidBefore({ role, text, images, toolCalls, toolCallId }: LegacyMessage): SaidMessage {
  const isResult = (role === "tool" || role === "function") && toolCallId !== undefined;
  return {
    role: isResult ? "toolResult" : role,
    texts: [text, ...images.map((image) => `[image: ${image}]`)].filter((part) => part !== ""),
    toolCalls:
      role === "assistant" ? toolCalls.map(({ id, name, arguments: given }) => [id, name, given]) : [],
    toolCallId: isResult ? toolCallId : undefined,
  };
}

/** What a record of a version-3 transcript says; undefined for one that is no message. */
export function saidAfter(record: JsonObject): SaidMessage | undefined {
  const { type, message } = record;
  if (type !== "message" || !isJsonObject(message)) return undefined;
  const parts = Array.isArray(message["content"]) ? message["content"].filter(isJsonObject) : [];
  const { toolCallId } = message;
  return {
    role: roleOf(message),
    texts: typeof message["content"] === "string" ? [message["content"]] : parts.flatMap(textOf),
    toolCalls: parts
      .filter((part) => part["type"] === "toolCall")
      .map(({ id, name, arguments: given }) => [id ?? null, name ?? null, given ?? null]),
    toolCallId: typeof toolCallId === "string" ? toolCallId : undefined,
  };
}

/** A role that OpenClaw does not know stands in the type of a custom message. */
function roleOf({ role, customType }: JsonObject): string {
  const isLegacy =
    role === "custom" && typeof customType === "string" && customType.startsWith(legacyRolePrefix);
  if (isLegacy) return customType.slice(legacyRolePrefix.length);
  return typeof role === "string" ? role : "";
}

function textOf(part: JsonObject): readonly string[] {
  if (part["type"] === "text" && typeof part["text"] === "string") return [part["text"]];
  const { type, mimeType, data } = part;
  if (type !== "image" || typeof mimeType !== "string" || typeof data !== "string") return [];
  return [`[image: data:${mimeType};base64,${data}]`];
}

/** Digests a message: equal texts in equal order give equal digests, however they were cut into parts. */
export function messageDigest({ role, texts, toolCalls, toolCallId }: SaidMessage): string {
  return sha256()
    .update(
      JSON.stringify([role, texts.filter((text) => text !== "").join("\n"), toolCalls, toolCallId ?? null]),
    )
    .digest("base64url");
}

function sha256(): Hash {
  return createHash("sha256");
}
