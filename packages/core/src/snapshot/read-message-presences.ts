import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { isStoreError } from "../store-error.ts";
import {
  type MessagePresence,
  presenceLimitBytes,
  readMessagePresence,
} from "../transcripts/message-presence.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Looks for messages in the transcripts that the rows of a store resolve to, by name. One that could not be read, or that is
 * gone by now, is not in the answer: nothing is known of it, and so nothing may be done about it. A large one is not opened.
 */
export function readMessagePresences(
  fs: ReadFs,
  { realDir, rows, files }: Pick<StoreSnapshot, "files" | "realDir" | "rows">,
): ReadonlyMap<string, MessagePresence> {
  const names = new Set(
    rows.flatMap(({ transcript }) => (transcript.state === "present" ? [transcript.name] : [])),
  );
  const presences = new Map<string, MessagePresence>();
  for (const name of names) {
    const isLarge = (files.get(name)?.fact.size ?? 0) > presenceLimitBytes;
    const presence = isLarge ? "too-large" : presenceOf(fs, join(realDir, name));
    if (presence !== undefined) presences.set(name, presence);
  }
  return presences;
}

function presenceOf(fs: ReadFs, path: string): MessagePresence | undefined {
  try {
    return readMessagePresence(fs, path);
  } catch (error) {
    if (errnoOf(error) === undefined && !isStoreError(error)) throw error;
    return undefined;
  }
}
