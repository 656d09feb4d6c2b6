import { errnoOf } from "../errno.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import { isStoreError } from "../store-error.ts";
import { readHeader } from "./read-header.ts";
import { readFirstUserMessage } from "./read-messages.ts";

/** What a transcript that no row references says of itself. */
export type TranscriptOrigin =
  | {
      readonly state: "session";
      /** Path, name or session id of the transcript that it was forked from or continues. */
      readonly parentSession: string | undefined;
      /** What began it, told by how its first message opens; undefined for a person, or if it has none. */
      readonly beganAs: "cron-run" | "subagent" | undefined;
    }
  /** Its first line is no session header: some other program's file. */
  | { readonly state: "no-header" }
  /** It could not be read, its header is damaged, or a newer program wrote it. */
  | { readonly state: "unknown" };

/** How OpenClaw 2026.5.28 opens the first message of a session that a job or another session began. */
const openings = [
  ["cron-run", "[cron:"],
  ["subagent", "[Subagent Context]"],
] as const;
/** The longest date that may stand before it: `[Wed 2026-02-18 16:43 GMT+1] `. */
const longestDateChars = 48;

/**
 * Reads the header of a transcript and how its first message opens; undefined if there is no such file.
 * Reads 4 KiB of most. Never throws for what the file is or holds.
 * @param strict throws what the system answers instead, for whoever must not take an error for an answer
 */
export function readOrigin(fs: ReadFs, path: string, strict = false): TranscriptOrigin | undefined {
  try {
    const parsed = readHeader(fs, path);
    if (parsed === undefined) return undefined;
    if (parsed.state === "missing") return { state: "no-header" };
    if (parsed.state !== "header") return { state: "unknown" };
    const maxChars = longestDateChars + "[Subagent Context]".length;
    const first = readFirstUserMessage(fs, path, { maxChars, capBytes: 64 * 1024 });
    const { parentSession } = parsed.header;
    return { state: "session", parentSession, beganAs: first && openingOf(first.text) };
  } catch (error) {
    if (strict || (errnoOf(error) === undefined && !isStoreError(error))) throw error;
    return { state: "unknown" };
  }
}

function openingOf(text: string): "cron-run" | "subagent" | undefined {
  const dateEnd = text.startsWith("[") ? text.indexOf("] [") + "] ".length : 0;
  const rest = dateEnd >= "] ".length ? text.slice(dateEnd) : text;
  return openings.find(([, opening]) => text.startsWith(opening) || rest.startsWith(opening))?.[0];
}
