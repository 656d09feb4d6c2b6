import type { ReadableFile } from "../disk/read-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { mendUtf8 } from "../session-index/mend-utf8.ts";
import { parseRecord, type RecordParse } from "./parse-record.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import type { LegacyItem, LegacyMessageItem, LegacyTrouble } from "../dialects/legacy-item.ts";
import { readBareText, readLegacyMessage } from "../dialects/legacy-message.ts";

/**
 * Reads a file with one record or message a line, holding one line in memory: bare messages, and the records `session`,
 * `metadata` and `message` of openxjarvis. Blank lines are nothing.
 */
export function* readJsonLines(file: ReadableFile): Generator<LegacyItem, void> {
  let number = 0;
  let hasHead = false;
  for (const line of scanLines(file)) {
    number += 1;
    const place = { offset: line.offset, line: number };
    if (line.blank) continue;
    if (line.bytes === undefined) {
      yield trouble({ id: "legacy-message-unread", ...place, problem: "the line is too long" });
      continue;
    }
    const { parsed, text, notes } = parseLine(line.bytes, number === 1);
    for (const id of notes) yield trouble({ id, ...place });
    if (parsed.ok) {
      const item = itemOf(parsed.record, hasHead);
      hasHead ||= item.kind === "head";
      yield item;
    } else if (text !== undefined) {
      yield { kind: "message", message: readBareText(text), recordId: undefined, parentId: undefined };
      yield trouble({ id: "legacy-bare-text", ...place });
    } else {
      yield trouble({ ...lineTrouble(line, parsed.problem), ...place });
    }
  }
}

interface ParsedLine {
  readonly parsed: RecordParse;
  /** The line if it is a JSON string. */
  readonly text: string | undefined;
  readonly notes: readonly ("legacy-byte-order-mark" | "legacy-not-utf8")[];
}

function parseLine(raw: Buffer, isFirst: boolean): ParsedLine {
  const hasMark = isFirst && raw.length >= 3 && raw.readUIntBE(0, 3) === 0xefbbbf;
  const { bytes, invalidAt } = mendUtf8(hasMark ? raw.subarray(3) : raw);
  const parsed = parseRecord(bytes);
  const wrapped = parsed.ok
    ? parsed
    : parseRecord(Buffer.from(`{"value":${bytes.toString("utf8")}}`, "utf8"));
  const value = parsed.ok || !wrapped.ok ? undefined : wrapped.record["value"];
  return {
    parsed,
    text: typeof value === "string" ? value : undefined,
    notes: [
      ...(hasMark ? (["legacy-byte-order-mark"] as const) : []),
      ...(invalidAt === undefined ? [] : (["legacy-not-utf8"] as const)),
    ],
  };
}

function lineTrouble({ terminated }: TranscriptLine, problem: string): LegacyTrouble {
  if (!terminated && problem === "not-json")
    return { id: "legacy-cut-off", problem: "the last line is not complete" };
  return { id: "legacy-message-unread", problem: `the line is ${problem}` };
}

function itemOf(record: JsonObject, hasHead: boolean): LegacyItem {
  const { type } = record;
  if (type === "session" && !hasHead) return { kind: "head", fields: record };
  const message = record["message"];
  if (type === "message" && isJsonObject(message)) return wrappedMessage(record, message);
  return isBareMessage(record) ? bareMessage(record) : { kind: "record", record };
}

/** Tells whether a record is nothing but a message, as openclaw-python and its relatives write one. */
export function isBareMessage(record: JsonObject): boolean {
  return (
    typeof record["type"] !== "string" && (Object.hasOwn(record, "role") || Object.hasOwn(record, "content"))
  );
}

function bareMessage(record: JsonObject): LegacyMessageItem {
  const { id, parent_id: parentId, ...rest } = record;
  if (typeof id !== "string") {
    return { kind: "message", message: readLegacyMessage(record), recordId: undefined, parentId: undefined };
  }
  const parent = typeof parentId === "string" ? parentId : undefined;
  return { kind: "message", message: readLegacyMessage(rest), recordId: id, parentId: parent };
}

/** openxjarvis names a message in the record, in the message, or in both. */
function wrappedMessage(record: JsonObject, message: JsonObject): LegacyMessageItem {
  const { type: _type, message: _message, id, parentId, timestamp, ...more } = record;
  const { id: innerId, parent_id: innerParent, ...inner } = message;
  const recordId = textOf(id) ?? textOf(innerId);
  const parent = textOf(parentId) ?? textOf(innerParent);
  const read = readLegacyMessage(inner);
  const rest = { ...read.rest, ...more, ...otherName(innerId, recordId) };
  return {
    kind: "message",
    message: { ...read, time: read.time ?? timestamp, rest },
    recordId,
    parentId: parent,
  };
}

function otherName(innerId: unknown, recordId: string | undefined): JsonObject {
  return typeof innerId === "string" && innerId !== recordId ? { id: innerId } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function trouble(found: LegacyTrouble): LegacyItem {
  return { kind: "trouble", trouble: found };
}
