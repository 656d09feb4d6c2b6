import type { FindingId, StoreErrorCode } from "@sessionsmith/core";
import { type ListedSession, listedSession } from "./listed-session.ts";
import { isAggregated, type SelectedStore, type SessionSelection } from "./session-selection.ts";

/** How a document on sessions begins: the stores that it speaks of, and how much of what matches it shows. */
export interface ListedPage {
  /** Path of the index; null if several stores are listed together. */
  readonly path: string | null;
  /** Only if several stores are listed together. */
  readonly stores: readonly ListedStore[] | undefined;
  /** Only with `--all-agents`. */
  readonly allAgents: true | undefined;
  /** Rows in `sessions`. */
  readonly count: number;
  /** Rows that match. */
  readonly totalCount: number;
  /** Null for all. */
  readonly limitApplied: number | null;
  /** True if further rows match after the last one shown. */
  readonly hasMore: boolean;
}

/**
 * A list of sessions as JSON. The keys up to `sessions` are those of `openclaw sessions --json` 2026.5.28, in its order;
 * `partial` and `findings` are additions. Keys that are undefined are left out by JSON.
 */
export interface ListResult extends ListedPage {
  /** Minutes of the filter by activity; null without. */
  readonly activeMinutes: number | null;
  readonly sessions: readonly ListedSession[];
  /** Only if a store could not be read: then its rows are missing. */
  readonly partial: true | undefined;
  /** How many findings there are, and their ids, sorted, each once. */
  readonly findings: { readonly count: number; readonly ids: readonly FindingId[] };
}

/** A store of an aggregated list. */
export interface ListedStore {
  readonly agentId: string;
  readonly path: string;
  /** Why it could not be read. */
  readonly error: { readonly code: StoreErrorCode; readonly message: string } | undefined;
}

/** Makes the list of a selection. */
export function toListResult(selection: SessionSelection): ListResult {
  const { query, stores, sessions, findings } = selection;
  return {
    ...listedPage(selection),
    activeMinutes: query.activeMs === undefined ? null : query.activeMs / 60_000,
    sessions: sessions.map((session) => listedSession(session, query.now)),
    partial: stores.some(({ error }) => error !== undefined) ? true : undefined,
    findings: { count: findings.length, ids: [...new Set(findings.map(({ id }) => id))].toSorted() },
  };
}

/** Makes the beginning of a document, in the order of OpenClaw's keys. */
export function listedPage({ query, stores, sessions, totalCount }: ShownPage): ListedPage {
  const aggregated = isAggregated({ query, stores });
  return {
    path: aggregated ? null : (stores[0]?.target.indexPath ?? null),
    stores: aggregated ? stores.map(listedStore) : undefined,
    allAgents: query.allAgents ? true : undefined,
    count: sessions.length,
    totalCount,
    limitApplied: query.limit === "all" ? null : query.limit,
    hasMore: query.offset + sessions.length < totalCount,
  };
}

/** What is shown of what matches. */
interface ShownPage {
  readonly query: Pick<SessionSelection["query"], "allAgents" | "limit" | "offset">;
  readonly stores: readonly SelectedStore[];
  readonly sessions: readonly unknown[];
  readonly totalCount: number;
}

/** A store of an aggregated result. */
export function listedStore({ target, error }: SelectedStore): ListedStore {
  return { agentId: target.agentId, path: target.indexPath, error };
}
