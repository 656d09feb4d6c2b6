import {
  classifySessionKey,
  type Finding,
  type Host,
  type IndexRow,
  type LeaseStatus,
  leaseStatus,
  parseRow,
  parseRowTime,
  parseSessionKey,
  readLease,
  type SessionKind,
  type SessionSettings,
} from "@sessionsmith/core";
import { isMeant } from "../find/is-meant.ts";
import { readStores, type StoreReading } from "../read-stores.ts";
import { type ListScope, selectedStore } from "../select-sessions.ts";
import type { SelectedStore } from "../session-selection.ts";
import { type DirectoryBytes, directoryBytes } from "./directory-bytes.ts";

/** What the sessions are counted by. */
export interface StatsQuery {
  /** Epoch ms. */
  readonly now: number;
  /** A session that was not updated for longer than this is stale. */
  readonly staleAfterMs: number;
  /** True if every agent was asked for: an agent without a directory is then an empty store. */
  readonly allAgents: boolean;
}

/** How many sessions the stores hold, and of what sort. Every session is active, stale or of unknown age. */
export interface SessionStats {
  readonly query: StatsQuery;
  readonly stores: readonly SelectedStore[];
  readonly totalSessions: number;
  readonly activeSessions: number;
  readonly staleSessions: number;
  readonly unknownAgeSessions: number;
  /** By agent id, in the order of the alphabet. */
  readonly byAgent: ReadonlyMap<string, number>;
  /** By the kind of the key, the most frequent first. */
  readonly byKind: ReadonlyMap<SessionKind, number>;
  readonly leases: LeaseStats;
  /** Sessions that hold (`active`) or whose lease has run out; a session without a lease holds. */
  readonly byStatus: Readonly<Record<LeaseStatus, number>>;
  readonly bytes: DirectoryBytes;
  readonly findings: readonly Finding[];
}

/** The sessions that have a lease. */
export interface LeaseStats {
  readonly active: number;
  readonly expired: number;
  /** Different users. */
  readonly users: number;
  /** Of the leases that have a time to live; undefined if none has. */
  readonly averageTtlSeconds: number | undefined;
}

/**
 * Counts the sessions of the stores: reads each index once and looks at the names and sizes of the files beside it. No transcript
 * is opened and nothing is written. Throws as {@link readStores} does.
 */
export function countSessions(host: Host, { targets, settings }: ListScope, query: StatsQuery): SessionStats {
  const stores = readStores(host, targets, query);
  const count = new Counter(query, settings);
  for (const store of stores) for (const row of rowsOf(store, settings)) count.add(row, store);
  return {
    query,
    stores: stores.map(selectedStore),
    ...count.result(),
    bytes: directoryBytes(host.fs, stores),
    findings: [...new Set(stores.flatMap(({ document }) => document?.findings ?? []))],
  };
}

function rowsOf({ target, document }: StoreReading, settings: SessionSettings): readonly IndexRow[] {
  return (document?.rows ?? []).filter((row) => !row.shadowed && isMeant(row, target, settings));
}

class Counter {
  readonly #query: StatsQuery;
  readonly #mainKey: string;
  readonly #ages = { active: 0, stale: 0, unknown: 0 };
  readonly #byAgent = new Map<string, number>();
  readonly #byKind = new Map<SessionKind, number>();
  readonly #byStatus = { active: 0, expired: 0 };
  readonly #leases = { active: 0, expired: 0 };
  readonly #users = new Set<string>();
  readonly #ttls: number[] = [];

  constructor(query: StatsQuery, { mainKey }: SessionSettings) {
    this.#query = query;
    this.#mainKey = mainKey;
  }

  add(row: IndexRow, { target, document }: StoreReading): void {
    const { now, staleAfterMs } = this.#query;
    const time = parseRowTime(row.updatedAt);
    this.#ages[!time.known ? "unknown" : now - time.atMs > staleAfterMs ? "stale" : "active"] += 1;
    increase(this.#byAgent, parseSessionKey(row.key).agentId ?? target.agentId);
    increase(this.#byKind, classifySessionKey(row.key, { mainKey: this.#mainKey }));
    const entry = document && parseRow(document, row);
    const lease = entry && readLease(entry);
    const status = leaseStatus(lease, now);
    this.#byStatus[status] += 1;
    if (lease === undefined) return;
    this.#leases[status] += 1;
    if (lease.user !== undefined) this.#users.add(lease.user);
    if (lease.ttlSeconds !== undefined) this.#ttls.push(lease.ttlSeconds);
  }

  result() {
    const { active, stale, unknown } = this.#ages;
    const sum = this.#ttls.reduce((total, ttl) => total + ttl, 0);
    return {
      totalSessions: active + stale + unknown,
      activeSessions: active,
      staleSessions: stale,
      unknownAgeSessions: unknown,
      byAgent: new Map([...this.#byAgent].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      byKind: new Map([...this.#byKind].toSorted(([, a], [, b]) => b - a)),
      byStatus: this.#byStatus,
      leases: {
        ...this.#leases,
        users: this.#users.size,
        averageTtlSeconds: this.#ttls.length === 0 ? undefined : sum / this.#ttls.length,
      },
    };
  }
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
