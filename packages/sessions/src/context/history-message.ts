import {
  isJsonObject,
  type JsonObject,
  parseMessage,
  parseRowTime,
  readEntryObject,
} from "@sessionsmith/core";

/** Who says a message of a conversation. */
export const messageRoles = ["user", "assistant", "system", "toolResult"] as const;

/** One of {@link messageRoles}. */
export type MessageRole = (typeof messageRoles)[number];

/** What a model was paid for one message. */
export interface MessageUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A tool call of an assistant's message. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonObject;
}

/** A message of a conversation. */
export interface HistoryMessage {
  /** Id of its entry in the transcript; empty if it has none. */
  readonly id: string;
  readonly role: MessageRole;
  /** Its text; empty if it has none (images, tool calls). */
  readonly content: string;
  /** Epoch ms; undefined if unknown. */
  readonly createdAt: number | undefined;
  readonly usage?: MessageUsage;
  readonly model?: string;
  readonly toolCalls?: readonly ToolCall[];
  /** Of a tool result: the call that it answers. */
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly isError?: true;
  /** Marked as one that a context should keep. */
  readonly important?: true;
}

/** The custom message that stands for one of the system, which OpenClaw 2026.5.28 knows no role for. */
export const systemMessageType = "sessionsmith.system";

/** Reads the message that a record of a transcript holds; undefined if it is another kind of record, or of a role of its own. */
export function historyMessage(record: JsonObject): HistoryMessage | undefined {
  const said = record["type"] === "custom_message" ? customMessage(record) : parseMessage(record);
  const role = said && roleOf(said.role);
  if (said === undefined || role === undefined) return undefined;
  const body = readEntryObject(record, "message") ?? record;
  const { id, timestamp } = record;
  return {
    id: typeof id === "string" ? id : "",
    role,
    content: said.text,
    createdAt: momentOf(timestamp) ?? momentOf(body["timestamp"]),
    ...usageOf(body),
    ...toolUse(body, role),
    ...(typeof body["model"] === "string" ? { model: body["model"] } : {}),
    ...(body["important"] === true ? { important: true } : {}),
  };
}

/** Custom messages are in the model's context; those of a forerunner's system and ours are one of the system. */
function customMessage({ customType, content }: JsonObject): { role: string; text: string } | undefined {
  const text = parseMessage({ role: "system", content: content ?? "" })?.text;
  const isSystem = customType === systemMessageType || customType === "legacy-system";
  return text === undefined ? undefined : { role: isSystem ? "system" : "user", text };
}

function roleOf(role: string): MessageRole | undefined {
  return role === "tool" ? "toolResult" : messageRoles.find((known) => known === role);
}

function momentOf(value: unknown): number | undefined {
  const time = parseRowTime(value);
  return time.known ? time.atMs : undefined;
}

function usageOf(body: JsonObject): { usage?: MessageUsage } {
  const usage = readEntryObject(body, "usage");
  const [input, output] = [usage?.["input"], usage?.["output"]];
  if (typeof input !== "number" || typeof output !== "number" || input + output === 0) return {};
  return { usage: { inputTokens: input, outputTokens: output } };
}

function toolUse(body: JsonObject, role: MessageRole): Partial<HistoryMessage> {
  if (role === "assistant") {
    const toolCalls = callsIn(body["content"]);
    return toolCalls.length > 0 ? { toolCalls } : {};
  }
  const { toolCallId, toolName, isError } = body;
  if (role !== "toolResult" || typeof toolCallId !== "string") return {};
  return {
    toolCallId,
    ...(typeof toolName === "string" ? { toolName } : {}),
    ...(isError === true ? { isError } : {}),
  };
}

/** Words by which OpenClaw 2026.5.28 and its forerunners mark a tool call. */
const callTypes: ReadonlySet<unknown> = new Set(["toolCall", "toolUse", "functionCall"]);

function callsIn(content: unknown): readonly ToolCall[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    if (!isJsonObject(part) || !callTypes.has(part["type"]) || typeof part["id"] !== "string") return [];
    const { id, name } = part;
    return [
      { id, name: typeof name === "string" ? name : "", arguments: readEntryObject(part, "arguments") ?? {} },
    ];
  });
}
