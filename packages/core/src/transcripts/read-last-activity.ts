import type { ReadFs } from "../disk/read-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { parseRowTime } from "../model/parse-row-time.ts";
import { isMessageRecord } from "./message-record.ts";
import { parseRecord } from "./parse-record.ts";
import type { TranscriptLine } from "./scan-lines.ts";
import { tailWindow, windowBytes, withTranscript } from "./transcript-window.ts";

/** What the end of a transcript says. */
export interface LastActivity {
  /** Epoch ms of the last record with a time; undefined if none of those that were read has one. */
  readonly atMs: number | undefined;
  /** The model that answered last, as OpenClaw 2026.5.28 writes it into a message. */
  readonly provider: string | undefined;
  readonly model: string | undefined;
  /** True if a message was among the records that were read. */
  readonly hasMessage: boolean;
}

/** Bytes that are looked through from the end. */
const searchBytes = 256 * 1024;

/**
 * Reads when a transcript was last written to by what it says itself, and which model answered. Reads 4 KiB from the end, then
 * four times as much, until it knows. Lines that can't be parsed are passed over; undefined if there is no such file.
 */
export function readLastActivity(fs: ReadFs, path: string): LastActivity | undefined {
  return withTranscript(fs, path, (file) => {
    for (let size = windowBytes; ; size = Math.min(size * 4, searchBytes)) {
      const window = tailWindow(file, size);
      const activity = activityIn(window.lines);
      const isKnown = activity.atMs !== undefined && activity.model !== undefined && activity.hasMessage;
      if (isKnown || window.whole || size === searchBytes) return activity;
    }
  });
}

function activityIn(lines: readonly TranscriptLine[]): LastActivity {
  let atMs: number | undefined;
  let answer: JsonObject | undefined;
  let hasMessage = false;
  for (const line of lines.toReversed()) {
    const record = recordOn(line);
    if (record === undefined || record["type"] === "session") continue;
    atMs ??= timeOf(record);
    if (!isMessageRecord(record)) continue;
    hasMessage = true;
    const body = bodyOf(record);
    if (body["role"] === "assistant" && answer === undefined && !isMirror(body)) answer = body;
  }
  return { atMs, provider: textOf(answer, "provider"), model: textOf(answer, "model"), hasMessage };
}

/** What was delivered to a channel is mirrored under names that are no models. */
function isMirror(body: JsonObject): boolean {
  return body["provider"] === "openclaw";
}

function recordOn({ bytes, blank }: TranscriptLine): JsonObject | undefined {
  if (bytes === undefined || blank) return undefined;
  const parsed = parseRecord(bytes);
  return parsed.ok ? parsed.record : undefined;
}

function timeOf(record: JsonObject): number | undefined {
  const stamps = [record["timestamp"], bodyOf(record)["timestamp"]];
  for (const stamp of stamps) {
    const time = typeof stamp === "string" || typeof stamp === "number" ? parseRowTime(stamp) : undefined;
    if (time?.known === true) return time.atMs;
  }
  return undefined;
}

function bodyOf(record: JsonObject): JsonObject {
  const body = record["message"];
  return isJsonObject(body) ? body : record;
}

function textOf(body: JsonObject | undefined, field: string): string | undefined {
  const text = body?.[field];
  return typeof text === "string" && text !== "" ? text : undefined;
}
