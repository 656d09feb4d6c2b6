import { type ListedPage, listedPage } from "../list-result.ts";
import type { EndedSession } from "./ended-sessions.ts";
import type { SessionHistory } from "./read-history.ts";

/** Ended sessions as JSON. Keys that are undefined are left out by JSON. */
export interface HistoryResult extends ListedPage {
  readonly sessions: readonly (EndedSession & { readonly status: "ended" | "restored" })[];
  /** Only if a store could not be read: then its sessions are missing. */
  readonly partial: true | undefined;
}

/** Makes the document of a history. */
export function toHistoryResult(history: SessionHistory): HistoryResult {
  const { stores, sessions } = history;
  return {
    ...listedPage(history),
    sessions: sessions.map((one) => ({
      ...one,
      status: one.restoredAt === undefined ? "ended" : "restored",
    })),
    partial: stores.some(({ error }) => error !== undefined) ? true : undefined,
  };
}
