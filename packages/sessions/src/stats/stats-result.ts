import type { FindingId } from "@sessionsmith/core";
import { type ListedStore, listedStore } from "../list-result.ts";
import type { DirectoryBytes } from "./directory-bytes.ts";
import type { SessionStats } from "./session-stats.ts";

/** Counts of sessions as JSON. Keys that are undefined are left out by JSON. */
export interface StatsResult {
  /** Path of the index; null if several stores are counted together. */
  readonly path: string | null;
  /** Only if several stores are counted together. */
  readonly stores: readonly ListedStore[] | undefined;
  /** Only with `--all-agents`. */
  readonly allAgents: true | undefined;
  readonly totalSessions: number;
  readonly activeSessions: number;
  readonly staleSessions: number;
  readonly unknownAgeSessions: number;
  readonly staleAfterMs: number;
  readonly byAgent: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  readonly leases: {
    readonly active: number;
    readonly expired: number;
    readonly users: number;
    readonly averageTtlSeconds: number | null;
  };
  readonly bytes: DirectoryBytes;
  /** Only if a store could not be read: then its sessions are missing. */
  readonly partial: true | undefined;
  readonly findings: { readonly count: number; readonly ids: readonly FindingId[] };
}

/** Makes the document of some counts. */
export function toStatsResult({ query, stores, findings, ...stats }: SessionStats): StatsResult {
  const aggregated = query.allAgents || stores.length > 1;
  const { averageTtlSeconds = null, ...leases } = stats.leases;
  return {
    path: aggregated ? null : (stores[0]?.target.indexPath ?? null),
    stores: aggregated ? stores.map(listedStore) : undefined,
    allAgents: query.allAgents ? true : undefined,
    totalSessions: stats.totalSessions,
    activeSessions: stats.activeSessions,
    staleSessions: stats.staleSessions,
    unknownAgeSessions: stats.unknownAgeSessions,
    staleAfterMs: query.staleAfterMs,
    byAgent: Object.fromEntries(stats.byAgent),
    byKind: Object.fromEntries(stats.byKind),
    leases: { ...leases, averageTtlSeconds },
    bytes: stats.bytes,
    partial: stores.some(({ error }) => error !== undefined) ? true : undefined,
    findings: { count: findings.length, ids: [...new Set(findings.map(({ id }) => id))].toSorted() },
  };
}
