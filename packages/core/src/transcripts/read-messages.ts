import type { ReadableFile, ReadFs } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import { cutCodePoints } from "./cut-code-points.ts";
import { encryptedRole, envelopeKind } from "./envelope.ts";
import { parseMessage, type TranscriptMessage } from "./message-record.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import { tailWindow, windowBytes, withTranscript } from "./transcript-window.ts";

/** Bytes at one end of a transcript that are looked through for messages, if not told otherwise. */
export const messageSearchBytes = 256 * 1024;

/**
 * Makes the record of an encrypted one of a transcript, given the record that stands before it.
 * @throws StoreError E_KEY, E_TAMPERED
 */
export type OpenRecord = (stored: JsonObject, before: JsonObject) => JsonObject;

/** Finds out how an open transcript is decrypted; undefined if it is not encrypted. @throws StoreError E_KEY, E_TAMPERED */
export type TranscriptOpener = (file: ReadableFile) => OpenRecord | undefined;

/** Bounds of a search for messages. */
export interface MessageSearch {
  /** Given with a key: what is encrypted is shown, each line authentic; whether lines are missing at the end is not looked at. */
  readonly opener?: TranscriptOpener;
  /** Code points that each text is cut to. */
  readonly maxChars: number;
  /** Bytes that are read at most. Default {@link messageSearchBytes}. */
  readonly capBytes?: number;
}

/**
 * The first message of the user that has text, for a title. Reads 4 KiB at a time from the start, up to the cap;
 * undefined if there is none in that part, or no such file. Lines that can't be parsed are passed over.
 */
export function readFirstUserMessage(
  fs: ReadFs,
  path: string,
  search: MessageSearch,
): TranscriptMessage | undefined {
  return withTranscript(fs, path, (file) => {
    const to = Math.min(search.capBytes ?? messageSearchBytes, file.fact.size);
    const open = search.opener?.(file);
    let before: JsonObject | undefined;
    for (const line of scanLines(file, { to, chunkBytes: windowBytes })) {
      // A line that the bound cuts off can't be decrypted.
      if (open !== undefined && !line.terminated && to < file.fact.size) return undefined;
      const record = recordOn(line);
      const message = messageIn(record, { open, before });
      before = record ?? before;
      // An encrypted message may be the user's: what comes first is what can be told.
      if (message?.role === "user" || message?.role === encryptedRole)
        return cutMessage(message, search.maxChars);
    }
    return undefined;
  });
}

/**
 * The last `limit` messages that have text, oldest first, for a preview: in file order, whatever branch they are on.
 * Reads 4 KiB from the end, then four times as much, up to the cap. Empty if there is none in that part; undefined if there
 * is no such file.
 */
export function readLastMessages(
  fs: ReadFs,
  path: string,
  search: MessageSearch & { readonly limit: number },
): readonly TranscriptMessage[] | undefined {
  const cap = search.capBytes ?? messageSearchBytes;
  return withTranscript(fs, path, (file) => {
    const open = search.opener?.(file);
    for (let size = Math.min(windowBytes, cap); ; size = Math.min(size * 4, cap)) {
      const window = tailWindow(file, size);
      const messages = lastMessages(window.lines, search.limit, open);
      const done = messages.length === search.limit || window.whole || size === cap;
      if (done) return messages.map((message) => cutMessage(message, search.maxChars));
    }
  });
}

function lastMessages(
  lines: readonly TranscriptLine[],
  limit: number,
  open: OpenRecord | undefined,
): readonly TranscriptMessage[] {
  const found: TranscriptMessage[] = [];
  const records = lines.map(recordOn).filter((record) => record !== undefined);
  for (let at = records.length - 1; at >= 0 && found.length < limit; at--) {
    const message = messageIn(records[at], { open, before: records[at - 1] });
    if (message !== undefined) found.push(message);
  }
  return found.toReversed();
}

function recordOn({ bytes, blank }: TranscriptLine): JsonObject | undefined {
  if (bytes === undefined || blank) return undefined;
  const parsed = parseRecord(bytes);
  return parsed.ok ? parsed.record : undefined;
}

/** The message that a record is, if it is one and has text; of an encrypted one whose key is not known, only that there is one. */
function messageIn(
  record: JsonObject | undefined,
  { open, before }: { readonly open: OpenRecord | undefined; readonly before: JsonObject | undefined },
): TranscriptMessage | undefined {
  if (record === undefined) return undefined;
  const isClosed = open !== undefined && envelopeKind(record) === "line";
  // The line before it lies outside of what was read.
  if (isClosed && before === undefined) return undefined;
  const message = parseMessage(isClosed && before !== undefined ? open(record, before) : record);
  return message?.text.trim() === "" ? undefined : message;
}

function cutMessage({ role, text }: TranscriptMessage, maxChars: number): TranscriptMessage {
  return { role, text: cutCodePoints(text, maxChars) };
}
