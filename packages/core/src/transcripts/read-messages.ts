import type { ReadFs } from "../disk/read-fs.ts";
import { cutCodePoints } from "./cut-code-points.ts";
import { encryptedRole } from "./envelope.ts";
import { parseMessage, type TranscriptMessage } from "./message-record.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines, type TranscriptLine } from "./scan-lines.ts";
import { tailWindow, windowBytes, withTranscript } from "./transcript-window.ts";

/** Bytes at one end of a transcript that are looked through for messages, if not told otherwise. */
export const messageSearchBytes = 256 * 1024;

/** Bounds of a search for messages. */
export interface MessageSearch {
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
    for (const line of scanLines(file, { to, chunkBytes: windowBytes })) {
      const message = messageOn(line);
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
    for (let size = Math.min(windowBytes, cap); ; size = Math.min(size * 4, cap)) {
      const window = tailWindow(file, size);
      const messages = lastMessages(window.lines, search.limit);
      const done = messages.length === search.limit || window.whole || size === cap;
      if (done) return messages.map((message) => cutMessage(message, search.maxChars));
    }
  });
}

function lastMessages(lines: readonly TranscriptLine[], limit: number): readonly TranscriptMessage[] {
  const found: TranscriptMessage[] = [];
  for (let at = lines.length - 1; at >= 0 && found.length < limit; at--) {
    const line = lines[at];
    const message = line === undefined ? undefined : messageOn(line);
    if (message !== undefined) found.push(message);
  }
  return found.toReversed();
}

/** The message that stands on a line, if there is one and it has text. */
function messageOn({ bytes, blank }: TranscriptLine): TranscriptMessage | undefined {
  if (bytes === undefined || blank) return undefined;
  const parsed = parseRecord(bytes);
  const message = parsed.ok ? parseMessage(parsed.record) : undefined;
  return message?.text.trim() === "" ? undefined : message;
}

function cutMessage({ role, text }: TranscriptMessage, maxChars: number): TranscriptMessage {
  return { role, text: cutCodePoints(text, maxChars) };
}
