import {
  type Host,
  parseRowTime,
  selectNewest,
  type SessionSettings,
  type StoreTarget,
} from "@sessionsmith/core";
import { sessionDescriber } from "./describe-session.ts";
import { isMeant } from "./find/is-meant.ts";
import { freshness } from "./freshness/freshness.ts";
import { sessionClock } from "./freshness/session-clock.ts";
import { type StoredResetPolicy, storedResetPolicy } from "./freshness/stored-reset-policy.ts";
import type { ListQuery } from "./list-query.ts";
import { readStores, type StoreReading } from "./read-stores.ts";
import type { SessionCandidate } from "./session-candidate.ts";
import { type SessionFilter, sessionFilter } from "./session-filter.ts";
import type { SelectedStore, SessionSelection } from "./session-selection.ts";

/** The stores to list from, and the settings that hold for them. */
export interface ListScope {
  readonly targets: readonly StoreTarget[];
  readonly settings: SessionSettings;
}

/**
 * Selects the newest sessions that match a query. Only the rows shown are parsed, and those that a filter has to look into.
 *
 * The order is that of OpenClaw 2026.5.28: by `updatedAt`, newest first, rows of unknown time last; rows of the same time stay
 * in the order of the targets, and in one index in the order of the file. Of a key that stands in an index more than once the
 * last row is listed, in its own place.
 *
 * A single store that can't be read throws: E_NOT_FOUND, E_CORRUPT_INDEX, E_SQLITE_ERA or E_IO. One among several carries its
 * error, and the others are listed. With `allAgents` a configured agent without a store has no sessions yet.
 */
export function selectSessions(
  host: Host,
  { targets, settings }: ListScope,
  query: ListQuery,
): SessionSelection {
  const stores = readStores(host, targets, query);
  const filter = sessionFilter(query, settings.mainKey);
  let totalCount = 0;
  const end = query.limit === "all" ? Number.POSITIVE_INFINITY : query.offset + query.limit;
  // Every row is counted, even if none is shown: a selection of none would look at none.
  const shown = selectNewest(counted(), Math.max(1, end), newestFirst).slice(query.offset, end);
  const describe = sessionDescriber(host, settings, query);
  const described = shown.map(describe);
  const resets = resetsOf(host, shown);
  return {
    query,
    stores: stores.map(selectedStore),
    totalCount,
    sessions: described.map(({ session }, n) => {
      const policy = resets.get(shown[n]?.target)?.policy;
      const clock = sessionClock(session.entry);
      return policy === undefined
        ? session
        : { ...session, nextReset: freshness(clock, policy, query.now).next };
    }),
    findings: [
      ...new Set(stores.flatMap(({ document }) => document?.findings ?? [])),
      ...described.flatMap(({ trouble }) => trouble ?? []),
      ...[...resets.values()].flatMap(({ trouble }) => trouble ?? []),
    ],
  };

  function* counted(): Generator<SessionCandidate> {
    for (const store of stores) {
      for (const candidate of matchingRows(store, settings, filter)) {
        totalCount += 1;
        yield candidate;
      }
    }
  }
}

/** One after the other: of 10,000 rows most are looked at once and never again. */
function* matchingRows(
  { target, document }: StoreReading,
  settings: SessionSettings,
  filter: SessionFilter,
): Generator<SessionCandidate> {
  if (document === undefined) return;
  for (const row of document.rows) {
    if (row.shadowed || !isMeant(row, target, settings)) continue;
    const time = parseRowTime(row.updatedAt);
    const candidate = { target, document, row, updatedAt: time.known ? time.atMs : undefined };
    if (filter(candidate)) yield candidate;
  }
}

/** Every known time is after 0. */
function newestFirst(a: SessionCandidate, b: SessionCandidate): number {
  return (b.updatedAt ?? 0) - (a.updatedAt ?? 0);
}

/** When sessions of the stores that are shown give way to new ones. */
function resetsOf(
  { fs }: Host,
  shown: readonly SessionCandidate[],
): ReadonlyMap<StoreTarget | undefined, StoredResetPolicy> {
  const targets = new Set(shown.map(({ target }) => target));
  return new Map([...targets].map((target) => [target, storedResetPolicy(fs, target)]));
}

/** How a store that was asked for fared. */
export function selectedStore({ target, error }: StoreReading): SelectedStore {
  return { target, error: error === undefined ? undefined : { code: error.code, message: error.message } };
}
