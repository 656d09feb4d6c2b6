import { StoreError } from "@sessionsmith/core";
import type { TranscriptReader } from "@sessionsmith/core/store";
import { type HistoryMessage, historyMessage, type MessageRole } from "../context/history-message.ts";

/** How a history is given: the messages themselves, or one text of them. */
export type HistoryFormat = "markdown" | "messages" | "text";

/** Which part of a history, and how. */
export interface HistoryQuery<F extends HistoryFormat> {
  /** Messages at most, the newest ones. Default 50. */
  readonly limit?: number;
  readonly format?: F;
}

const defaultLimit = 50;

/** Reads a history, in the form that is asked for. */
export interface ReadHistory {
  (
    sessionId: string,
    query: HistoryQuery<"markdown" | "text"> & { readonly format: "markdown" | "text" },
  ): Promise<string>;
  (sessionId: string, query?: HistoryQuery<"messages">): Promise<HistoryMessage[]>;
}

/** Makes a method that gives what `read` reads in the form that is asked for. */
export function historyMethod(
  read: (sessionId: string, query: HistoryQuery<HistoryFormat>) => Promise<HistoryMessage[]>,
): ReadHistory {
  function history(
    sessionId: string,
    query: { readonly limit?: number; readonly format: "markdown" | "text" },
  ): Promise<string>;
  function history(sessionId: string, query?: HistoryQuery<"messages">): Promise<HistoryMessage[]>;
  async function history(
    sessionId: string,
    query: HistoryQuery<HistoryFormat> = {},
  ): Promise<HistoryMessage[] | string> {
    const { format = "messages" } = query;
    if (!formats.includes(format))
      throw new StoreError("E_USAGE", `A history is ${formats.join(", ")}, not ${JSON.stringify(format)}.`);
    const messages = await read(sessionId, query);
    if (format === "messages") return messages;
    return format === "markdown" ? messagesAsMarkdown(messages) : messagesAsText(messages);
  }
  return history;
}

const formats: readonly HistoryFormat[] = ["markdown", "messages", "text"];

/** The newest messages, oldest first; reads no further back than it must. */
export function newestMessages(transcript: TranscriptReader, limit: number): HistoryMessage[] {
  const found: HistoryMessage[] = [];
  for (const { record } of transcript.newestFirst()) {
    const message = historyMessage(record);
    if (message !== undefined) found.push(message);
    if (found.length === limit) break;
  }
  return found.toReversed();
}

/** The limit of a query. @throws StoreError E_USAGE unless it is a whole number from 1 on */
export function limitOf({ limit = defaultLimit }: HistoryQuery<HistoryFormat>): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new StoreError("E_USAGE", `limit has to be a whole number from 1 on, not ${limit}.`);
}

/** Messages as text for people: one paragraph each. */
export function messagesAsText(messages: readonly HistoryMessage[]): string {
  return messages.map(({ role, content }) => `${titles[role]}: ${content}\n`).join("\n");
}

/** Messages as Markdown: a heading with the role, and the content as it is. */
export function messagesAsMarkdown(messages: readonly HistoryMessage[]): string {
  return messages.map((message) => `## ${titles[message.role]}\n\n${bodyOf(message)}\n`).join("\n");
}

/** What a person reads of a message: its text, and the tools that it calls. */
export function bodyOf({ content, toolCalls = [] }: HistoryMessage): string {
  const calls = toolCalls.map(({ name }) => `*calls ${name}*`);
  return [...(content === "" ? [] : [content]), ...calls].join("\n\n");
}

/** Roles as headings. */
export const titles: Readonly<Record<MessageRole, string>> = {
  user: "User",
  assistant: "Assistant",
  system: "System",
  toolResult: "Tool result",
};
