import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseRowTime,
  readEntryText,
} from "@sessionsmith/core";
import { traceMarks, type TrajectoryEvent } from "./trajectory-event.ts";

/** The session that events are of. */
export interface TraceFrame {
  readonly traceId: string;
  readonly sessionId: string;
  readonly sessionKey: string;
  readonly workspaceDir: string;
}

/** Makes events of the records of a branch: one for each, and one for each tool call of a message. */
export function transcriptEvents(
  entries: readonly JsonObject[],
  frame: TraceFrame,
): readonly TrajectoryEvent[] {
  const told = entries.flatMap((entry) => eventsOf(entry).map((event) => ({ entry, ...event })));
  return told.map(({ entry, type, data }, n) => {
    const ts = timeText(entry);
    const fields = {
      ...traceMarks,
      traceId: frame.traceId,
      source: "transcript",
      type,
      ts,
      sourceSeq: n + 1,
      sessionId: frame.sessionId,
      sessionKey: frame.sessionKey,
      workspaceDir: frame.workspaceDir,
      entryId: entry["id"] ?? null,
      parentEntryId: entry["parentId"] ?? null,
      data,
    };
    return { source: "transcript", ts, sourceSeq: n + 1, fields };
  });
}

interface ToldRecord {
  readonly type: string;
  readonly data: JsonObject;
}

/** Which fields of a record are told, by its type. */
const told: Readonly<Record<string, readonly [type: string, ...fields: readonly string[]]>> = {
  compaction: ["session.compaction", "summary", "firstKeptEntryId", "tokensBefore", "details", "fromHook"],
  branch_summary: ["session.branch_summary", "fromId", "summary", "details", "fromHook"],
  custom: ["session.custom", "customType", "data"],
  custom_message: ["session.custom_message", "customType", "content", "details", "display"],
  thinking_level_change: ["session.thinking_level_change", "thinkingLevel"],
  model_change: ["session.model_change", "provider", "modelId"],
  label: ["session.label", "targetId", "label"],
  session_info: ["session.info", "name"],
};

function eventsOf(entry: JsonObject): readonly ToldRecord[] {
  const recordType = readEntryText(entry, "type") ?? "message";
  const message = entry["message"];
  if (recordType === "message") return isJsonObject(message) ? messageEvents(entry, message) : [];
  const [type, ...fields] = (Object.hasOwn(told, recordType) ? told[recordType] : undefined) ?? [];
  if (type === undefined) return [];
  const data = fields.flatMap((name) => (Object.hasOwn(entry, name) ? [[name, entry[name]] as const] : []));
  return [{ type, data: Object.fromEntries(data) }];
}

const messageTypes: ReadonlyMap<JsonValue | undefined, string> = new Map([
  ["user", "user.message"],
  ["assistant", "assistant.message"],
  ["toolResult", "tool.result"],
]);

function messageEvents(entry: JsonObject, message: JsonObject): readonly ToldRecord[] {
  const role = message["role"];
  const type = messageTypes.get(role) ?? `message.${typeof role === "string" ? role : "unknown"}`;
  const { content } = message;
  const blocks = role === "assistant" && Array.isArray(content) ? content : [];
  return [{ type, data: { message } }, ...blocks.flatMap((block: JsonValue, n) => callOf(block, n, entry))];
}

function callOf(block: JsonValue, blockIndex: number, entry: JsonObject): readonly ToldRecord[] {
  if (!isJsonObject(block)) return [];
  const type = readEntryText(block, "type")?.toLowerCase();
  if (type !== "toolcall" && type !== "tooluse" && type !== "functioncall") return [];
  const given = block["arguments"] ?? block["input"] ?? block["parameters"];
  const data = {
    ...(block["id"] === undefined ? {} : { toolCallId: block["id"] }),
    ...(block["name"] === undefined ? {} : { name: block["name"] }),
    ...(given === undefined ? {} : { arguments: given }),
    assistantEntryId: entry["id"] ?? null,
    blockIndex,
  };
  return [{ type: "tool.call", data }];
}

function timeText(entry: JsonObject): string {
  const inner = entry["message"];
  const own = parseRowTime(entry["timestamp"]);
  const time = own.known || !isJsonObject(inner) ? own : parseRowTime(inner["timestamp"]);
  return new Date(time.known ? time.atMs : 0).toISOString();
}
