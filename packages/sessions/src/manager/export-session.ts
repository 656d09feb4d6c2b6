import { readEntryText, StoreError } from "@sessionsmith/core";
import type { TranscriptReader } from "@sessionsmith/core/store";
import { type HistoryMessage, historyMessage } from "../context/history-message.ts";
import { bodyOf, titles } from "./history.ts";
import type { Session } from "./session-view.ts";

/** How a session is exported. */
export interface ExportQuery {
  readonly format: "json" | "markdown";
  /** True adds ids, times, model, usage and labels. Default false. */
  readonly includeMetadata?: boolean;
}

/** A message, and the label that it was given. */
interface LabelledMessage {
  readonly message: HistoryMessage;
  readonly label: string | undefined;
}

/** @throws StoreError E_USAGE for a format that is not known */
export function requireExportFormat({ format }: ExportQuery): void {
  if (format === "json" || format === "markdown") return;
  throw new StoreError("E_USAGE", `An export is json or markdown, not ${JSON.stringify(format)}.`);
}

/** All messages of a transcript, oldest first. */
export function readForExport(transcript: TranscriptReader): readonly LabelledMessage[] {
  const messages: HistoryMessage[] = [];
  const labels = new Map<string, string | undefined>();
  for (const { record } of transcript.oldestFirst()) {
    const message = historyMessage(record);
    if (message !== undefined) messages.push(message);
    if (record["type"] === "label" && typeof record["targetId"] === "string")
      labels.set(record["targetId"], readEntryText(record, "label"));
  }
  return messages.map((message) => ({ message, label: labels.get(message.id) }));
}

/** Writes a session as one text. */
export function exportText(
  session: Session,
  messages: readonly LabelledMessage[],
  { format, includeMetadata = false }: ExportQuery,
): string {
  return format === "json"
    ? asJson(session, messages, includeMetadata)
    : asMarkdown(session, messages, includeMetadata);
}

function asJson(session: Session, messages: readonly LabelledMessage[], all: boolean): string {
  const { nextReset: _next, ...facts } = session;
  const shown = messages.map(({ message, label }) => {
    const { role, content, toolCalls, toolCallId, toolName, isError } = message;
    const plain = { role, content, toolCalls, toolCallId, toolName, isError };
    const { id, createdAt, model, usage } = message;
    return all ? { id, createdAt, ...plain, model, usage, label } : plain;
  });
  const head = all ? { session: facts } : {};
  return `${JSON.stringify({ ...head, messages: shown }, null, 2)}\n`;
}

function asMarkdown(session: Session, messages: readonly LabelledMessage[], all: boolean): string {
  const head = all ? `${metadata(sessionFacts(session))}\n` : "";
  const parts = messages.map(({ message, label }) => {
    const facts = all ? `${metadata(messageFacts(message, label))}\n` : "";
    return `## ${titles[message.role]}\n\n${facts}${bodyOf(message)}\n`;
  });
  return `# Session\n\n${head}${parts.join("\n")}`;
}

function sessionFacts({
  id,
  key,
  createdAt,
  lastActivityAt,
  messageCount,
  usage,
}: Session): Readonly<Record<string, number | string>> {
  return {
    id,
    key,
    created: isoOf(createdAt),
    "last activity": isoOf(lastActivityAt),
    messages: messageCount,
    tokens: `${usage.inputTokens} in, ${usage.outputTokens} out`,
  };
}

function messageFacts(
  { id, createdAt, model, usage }: HistoryMessage,
  label: string | undefined,
): Readonly<Record<string, string>> {
  return {
    ...(id === "" ? {} : { id }),
    ...(createdAt === undefined ? {} : { time: isoOf(createdAt) }),
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { tokens: `${usage.inputTokens} in, ${usage.outputTokens} out` }),
    ...(label === undefined ? {} : { label }),
  };
}

function metadata(facts: Readonly<Record<string, number | string>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `- ${name}: ${value}\n`)
    .join("");
}

function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
