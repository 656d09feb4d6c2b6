import { type JsonObject, StoreError } from "@sessionsmith/core";
import type { MakeLine } from "@sessionsmith/core/store";
import {
  type HistoryMessage,
  type MessageRole,
  messageRoles,
  type MessageUsage,
  systemMessageType,
  type ToolCall,
} from "../context/history-message.ts";

/** A message that is added to a session. */
export interface MessageDraft {
  readonly role: MessageRole;
  readonly content: string;
  /** What the model used for it. */
  readonly usage?: MessageUsage;
  readonly model?: string;
  /** Of an assistant's message: the tools that it calls. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of a tool result: the call that it answers. */
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly isError?: boolean;
  /** True: a context keeps it as long as it can. */
  readonly important?: boolean;
}

/** @throws StoreError E_USAGE for a message that can't be stored as it is */
export function requireMessage(draft: MessageDraft): void {
  const { role, content, usage, toolCalls, toolCallId } = draft;
  if (!messageRoles.includes(role)) throw wrong(`a role is one of ${messageRoles.join(", ")}`);
  if (typeof content !== "string") throw wrong("the content is a text");
  if (toolCalls !== undefined && role !== "assistant") throw wrong("only an assistant calls tools");
  if ((toolCallId === undefined) === (role === "toolResult"))
    throw wrong("a tool result, and nothing else, names the call that it answers (toolCallId)");
  const counts = usage === undefined ? [] : [usage.inputTokens, usage.outputTokens];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0))
    throw wrong("inputTokens and outputTokens are whole numbers from 0 on");
}

/** The line of a message, as the child of the entry that it follows (OpenClaw 2026.5.28 transcript format, version 3). */
export function messageLine(
  draft: MessageDraft,
  { id, atMs }: { readonly id: string; readonly atMs: number },
): MakeLine {
  const body = bodyOf(draft, atMs);
  return (last) => ({
    ...body,
    id,
    parentId: typeof last?.["id"] === "string" ? last["id"] : null,
    timestamp: new Date(atMs).toISOString(),
    ...(body["type"] === "message" ? { message: body["message"] } : {}),
  });
}

/** The message as it is read back. */
export function addedMessage(
  draft: MessageDraft,
  { id, atMs }: { readonly id: string; readonly atMs: number },
): HistoryMessage {
  const { role, content, usage, model, toolCalls = [], toolCallId, toolName, isError, important } = draft;
  return {
    id,
    role,
    content,
    createdAt: atMs,
    ...(usage === undefined || usage.inputTokens + usage.outputTokens === 0 ? {} : { usage }),
    ...(model === undefined ? {} : { model }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(toolCallId === undefined ? {} : { toolCallId, toolName: toolName ?? "unknown" }),
    ...(isError === true ? { isError } : {}),
    ...(important === true ? { important } : {}),
  };
}

function bodyOf(draft: MessageDraft, timestamp: number): JsonObject {
  const { role, content } = draft;
  const mark = draft.important === true ? { important: true } : {};
  const used = draft.usage === undefined ? {} : { usage: usageOf(draft.usage) };
  if (role === "system")
    return {
      type: "custom_message",
      customType: systemMessageType,
      content,
      display: true,
      ...mark,
      ...used,
    };
  if (role === "user") return message({ role, content, ...mark, ...used, timestamp });
  const text = content === "" ? [] : [{ type: "text", text: content }];
  if (role === "toolResult") {
    const { toolCallId = "", toolName = "unknown", isError = false } = draft;
    return message({ role, toolCallId, toolName, content: text, isError, ...mark, ...used, timestamp });
  }
  const calls = (draft.toolCalls ?? []).map((call) => ({ type: "toolCall", ...call }));
  const usage = usageOf(draft.usage ?? { inputTokens: 0, outputTokens: 0 });
  const stopReason = calls.length > 0 ? "toolUse" : "stop";
  const maker = { api: "sessionsmith", provider: "sessionsmith", model: draft.model ?? "unknown" };
  return message({ role, content: [...text, ...calls], ...maker, usage, stopReason, ...mark, timestamp });
}

function message(body: JsonObject): JsonObject {
  return { type: "message", message: body };
}

function usageOf({ inputTokens, outputTokens }: MessageUsage): JsonObject {
  const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };
  const totalTokens = inputTokens + outputTokens;
  return { input: inputTokens, output: outputTokens, cacheRead: 0, cacheWrite: 0, totalTokens, cost };
}

function wrong(rule: string): StoreError {
  return new StoreError("E_USAGE", `The message was not added: ${rule}.`);
}
