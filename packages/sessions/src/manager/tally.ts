import { isConversationRecord, isJsonObject, type JsonObject } from "@sessionsmith/core";
import type { TranscriptReader } from "@sessionsmith/core/store";
import { anchorsOf } from "../context/anchors.ts";
import { historyMessage } from "../context/history-message.ts";

/** What the lines of a transcript come to, up to one of them. JSON. */
export interface Tally extends JsonObject {
  readonly messages: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Lines that a context has to look for (see `anchorsOf`). */
  readonly anchors: number;
  /** Epoch ms of the newest message; null if there is none. */
  readonly lastMessageAt: number | null;
  /** The last line that was counted; null if none was. */
  readonly last: TallyMark | null;
}

/** A line, by where it stands and the id of its record. */
interface TallyMark extends JsonObject {
  readonly at: number;
  readonly id: string | null;
}

/** Nothing counted yet. */
export const noTally: Tally = {
  messages: 0,
  inputTokens: 0,
  outputTokens: 0,
  anchors: 0,
  lastMessageAt: null,
  last: null,
};

/**
 * Counts the lines that came since another tally, reading back from the end to the last line that it knows. If that line does not
 * stand there any more, the transcript was rewritten, and all of it is counted.
 */
export function tallySince(transcript: TranscriptReader, known: Tally): Tally {
  let added = noTally;
  let last: TallyMark | null = null;
  for (const { at, record } of transcript.newestFirst()) {
    const mark = { at, id: idOf(record) };
    if (known.last !== null && isSameMark(known.last, mark))
      return { ...sum(known, added), last: last ?? known.last };
    last ??= mark;
    added = sum(tallyOf(record), added);
  }
  return { ...added, last };
}

/** Counts lines that stand in no transcript yet, oldest first: none of them is a mark. */
export function tallyOfLines(lines: Iterable<JsonObject>): Tally {
  let tally = noTally;
  for (const record of lines) tally = sum(tally, tallyOf(record));
  return tally;
}

/** True if two tallies come to the same, wherever their last line stands. */
export function isSameCount(one: Tally, other: Tally): boolean {
  return (
    one.messages === other.messages &&
    one.inputTokens === other.inputTokens &&
    one.outputTokens === other.outputTokens &&
    one.anchors === other.anchors &&
    one.lastMessageAt === other.lastMessageAt
  );
}

/** Reads a tally that was stored. */
export function isTally(value: unknown): value is Tally {
  if (!isJsonObject(value)) return false;
  const counts = [value["messages"], value["inputTokens"], value["outputTokens"], value["anchors"]];
  const { last, lastMessageAt } = value;
  const isMark = last === null || (isJsonObject(last) && typeof last["at"] === "number" && isId(last["id"]));
  const isTime = lastMessageAt === null || typeof lastMessageAt === "number";
  return isMark && isTime && counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
}

function tallyOf(record: JsonObject): Tally {
  const anchors = anchorsOf(record);
  if (!isConversationRecord(record)) return { ...noTally, anchors };
  const message = historyMessage(record);
  const { inputTokens = 0, outputTokens = 0 } = message?.usage ?? {};
  const lastMessageAt = message?.createdAt ?? null;
  return { ...noTally, messages: 1, inputTokens, outputTokens, anchors, lastMessageAt };
}

/** The newer part says when the last message was, if it has one. */
function sum(older: Tally, newer: Tally): Tally {
  return {
    messages: older.messages + newer.messages,
    inputTokens: older.inputTokens + newer.inputTokens,
    outputTokens: older.outputTokens + newer.outputTokens,
    anchors: older.anchors + newer.anchors,
    lastMessageAt: newer.lastMessageAt ?? older.lastMessageAt,
    last: null,
  };
}

function isSameMark(one: TallyMark, other: TallyMark): boolean {
  return one.at === other.at && one.id === other.id;
}

function idOf({ id }: JsonObject): string | null {
  return typeof id === "string" ? id : null;
}

function isId(value: unknown): boolean {
  return value === null || typeof value === "string";
}
