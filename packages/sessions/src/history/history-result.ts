import { type ListedStore, listedStore } from "../list-result.ts";
import type { EndedSession } from "./ended-sessions.ts";
import type { SessionHistory } from "./read-history.ts";

/** Ended sessions as JSON. Keys that are undefined are left out by JSON. */
export interface HistoryResult {
  /** Path of the index; null if several stores are looked at together. */
  readonly path: string | null;
  /** Only if several stores are looked at together. */
  readonly stores: readonly ListedStore[] | undefined;
  /** Only with `--all-agents`. */
  readonly allAgents: true | undefined;
  readonly count: number;
  readonly totalCount: number;
  /** Null for all. */
  readonly limitApplied: number | null;
  readonly hasMore: boolean;
  readonly sessions: readonly (EndedSession & { readonly status: "ended" | "restored" })[];
  /** Only if a store could not be read: then its sessions are missing. */
  readonly partial: true | undefined;
}

/** Makes the document of a history. */
export function toHistoryResult({ query, stores, sessions, totalCount }: SessionHistory): HistoryResult {
  const aggregated = query.allAgents || stores.length > 1;
  return {
    path: aggregated ? null : (stores[0]?.target.indexPath ?? null),
    stores: aggregated ? stores.map(listedStore) : undefined,
    allAgents: query.allAgents ? true : undefined,
    count: sessions.length,
    totalCount,
    limitApplied: query.limit === "all" ? null : query.limit,
    hasMore: query.offset + sessions.length < totalCount,
    sessions: sessions.map((one) => ({
      ...one,
      status: one.restoredAt === undefined ? "ended" : "restored",
    })),
    partial: stores.some(({ error }) => error !== undefined) ? true : undefined,
  };
}
