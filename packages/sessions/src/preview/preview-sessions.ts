import { join } from "node:path";
import {
  errnoOf,
  type Host,
  openStorePlace,
  readLastMessages,
  type TranscriptOpener,
  transcriptCandidates,
} from "@sessionsmith/core";
import type { FoundSession } from "../find/find-sessions.ts";

/** How much of each session is shown. */
export interface PreviewQuery {
  /** Messages at most. */
  readonly limit: number;
  /** Code points that each text is cut to. */
  readonly maxChars: number;
  /** Shows what is encrypted to who has the key; `[encrypted]` without it. */
  readonly opener?: TranscriptOpener;
}

/** The last messages of a session. */
export interface SessionPreview {
  /** As it was asked for. */
  readonly key: string;
  /** `missing`: there is no such row. `empty`: no transcript, or none with text near its end. `error`: it could not be read. */
  readonly status: "empty" | "error" | "missing" | "ok";
  /** Oldest first. */
  readonly items: readonly { readonly role: string; readonly text: string }[];
}

/** A session that was asked for: the word for it, and the row if there is one. */
export interface AskedSession {
  readonly key: string;
  readonly found: FoundSession | undefined;
}

/**
 * Shows the last messages of sessions, each from the end of its transcript in the sessions directory: of one at most the last
 * 256 KiB are read.
 * @throws StoreError E_NOT_FOUND or E_IO if a sessions directory can't be looked at
 */
export function previewSessions(
  host: Host,
  asked: readonly AskedSession[],
  query: PreviewQuery,
): readonly SessionPreview[] {
  return asked.map(({ key, found }) => {
    if (found === undefined) return { key, status: "missing", items: [] };
    return { key, ...previewOf(host, found, query) };
  });
}

function previewOf(
  { fs }: Host,
  { target, row }: FoundSession,
  query: PreviewQuery,
): Omit<SessionPreview, "key"> {
  const place = openStorePlace(fs, target);
  for (const { name } of transcriptCandidates(row, place).inside) {
    const path = join(place.realDir, name);
    try {
      const fact = fs.lstat(path);
      if (fact === undefined) continue;
      if (fact.kind !== "file") return { status: "error", items: [] };
      const items = readLastMessages(fs, path, query) ?? [];
      return { status: items.length === 0 ? "empty" : "ok", items };
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return { status: "error", items: [] };
    }
  }
  return { status: "empty", items: [] };
}
