import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { isoText } from "./iso-text.ts";

/** What names of tools look like. */
const plainName = /^[\w.:/-]{1,128}$/;

/** What a made-up tool result says to the model. */
const text = "No result of this tool call was recorded: the run was interrupted.";

/** Where a made-up result stands in its transcript. */
export interface ResultPlace {
  readonly callId: string;
  /** The id of the new record; undefined in a file whose records have none. */
  readonly id: string | undefined;
  /** The id of the record that it follows. */
  readonly parentId: string | undefined;
}

/**
 * The line of a tool result that answers a call of a record, marked as made up (`details.sessionsmith`), with the time of the call
 * (OpenClaw 2026.5.28 store format). Without a line end.
 */
export function syntheticResult(record: JsonObject, { callId, id, parentId }: ResultPlace): string {
  const body = isJsonObject(record["message"]) ? record["message"] : record;
  const call = partsOf(body["content"]).find((part) => part["id"] === callId);
  const name = call?.["name"];
  const at = body["timestamp"];
  const message = {
    role: "toolResult",
    toolCallId: callId,
    toolName: typeof name === "string" && plainName.test(name) ? name : "unknown",
    content: [{ type: "text", text }],
    details: { sessionsmith: "synthetic" },
    isError: true,
    ...(typeof at === "number" ? { timestamp: at } : {}),
  };
  const timestamp = isoText(record["timestamp"]);
  return JSON.stringify({
    type: "message",
    ...(id === undefined ? {} : { id, parentId: parentId ?? null }),
    ...(timestamp === undefined ? {} : { timestamp }),
    message,
  });
}

function partsOf(content: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(content) ? content.filter(isJsonObject) : [];
}
