import type { ReadFs } from "../disk/read-fs.ts";
import { isMessageRecord } from "./message-record.ts";
import { parseRecord } from "./parse-record.ts";
import type { TranscriptLine } from "./scan-lines.ts";
import { headWindow, windowBytes, withTranscript } from "./transcript-window.ts";

/**
 * Whether a transcript holds a message.
 * `none` is said only of a file that was understood completely; `too-large` and `unparsable` mean that it may hold some.
 */
export type MessagePresence = "none" | "some" | "too-large" | "unparsable";

/** Bytes of the largest transcript that is looked into for messages; a larger one is taken to hold some. */
export const presenceLimitBytes = windowBytes;

/**
 * Looks for messages in a small transcript, by the rule of OpenClaw 2026.5.28's `--fix-missing`: `none` is a regular file of
 * at most 4096 bytes whose lines are blank or JSON, and none of them a message (an empty file too).
 * Undefined if there is no such file. Throws E_IO if it is no regular file.
 */
export function readMessagePresence(fs: ReadFs, path: string): MessagePresence | undefined {
  return withTranscript(fs, path, (file) => {
    if (file.fact.size > presenceLimitBytes) return "too-large";
    return presenceIn(headWindow(file, presenceLimitBytes).lines);
  });
}

function presenceIn(lines: readonly TranscriptLine[]): MessagePresence {
  const kinds = new Set(lines.map(lineKind));
  if (kinds.has("message")) return "some";
  return kinds.has("unparsable") ? "unparsable" : "none";
}

function lineKind({ bytes, blank }: TranscriptLine): "message" | "other" | "unparsable" {
  if (blank) return "other";
  if (bytes === undefined) return "unparsable";
  const parsed = parseRecord(bytes);
  // A line that is JSON but no object (`null`, `7`) counts as parsed there too.
  if (!parsed.ok) return parsed.problem === "not-an-object" ? "other" : "unparsable";
  return isMessageRecord(parsed.record) ? "message" : "other";
}
