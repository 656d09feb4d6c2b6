import {
  entryLabel,
  isOfKind,
  type JsonObject,
  leaseStatus,
  parseRow,
  readEntryText,
  readLease,
} from "@sessionsmith/core";
import type { ListQuery } from "./list-query.ts";
import type { SessionCandidate } from "./session-candidate.ts";

/** Tells whether a row is asked for. */
export type SessionFilter = (candidate: SessionCandidate) => boolean;

/** Gives the parsed row, parsing it at the first call; undefined if the row is not understood. */
type LazyEntry = () => JsonObject | undefined;

type Condition = (candidate: SessionCandidate, entry: LazyEntry) => boolean;

/**
 * Makes the filter of a query: all its conditions must hold. `mainKey` is the setting of that name.
 * A row is parsed only if its key, session id and time can't answer; one that is not understood then fails.
 * `activeMs` keeps a row that was updated exactly that long ago, as OpenClaw 2026.5.28 does.
 */
export function sessionFilter(query: ListQuery, mainKey: string): SessionFilter {
  const conditions = [...conditionsOnKey(query, mainKey), ...conditionsOnEntry(query)];
  // Most lists ask for all rows, and of those there may be many.
  if (conditions.length === 0) return () => true;
  return (candidate) => {
    const entry = lazyEntry(candidate);
    return conditions.every((holds) => holds(candidate, entry));
  };
}

function lazyEntry({ document, row }: SessionCandidate): LazyEntry {
  let entry: JsonObject | undefined;
  return () => {
    entry ??= parseRow(document, row);
    return entry;
  };
}

function conditionsOnKey(query: ListQuery, mainKey: string): Condition[] {
  const { now, activeMs, kinds } = query;
  const conditions: Condition[] = [];
  if (!query.includeGlobal) conditions.push(({ row }) => row.key !== "global");
  if (!query.includeUnknown) conditions.push(({ row }) => row.key !== "unknown");
  if (activeMs !== undefined)
    conditions.push(({ updatedAt }) => updatedAt !== undefined && updatedAt >= now - activeMs);
  if (kinds !== undefined) {
    const asked = new Set(kinds);
    conditions.push(({ row }, entry) => isOfKind({ key: row.key, entry }, asked, mainKey));
  }
  return conditions;
}

function conditionsOnEntry({ search, label, spawnedBy, status, user, now }: ListQuery): Condition[] {
  const conditions: Condition[] = [];
  if (search !== undefined) conditions.push(isFound(search.toLowerCase()));
  if (label !== undefined) conditions.push(onEntry((row) => entryLabel(row) === label));
  if (spawnedBy !== undefined)
    conditions.push(onEntry((row) => readEntryText(row, "spawnedBy") === spawnedBy));
  if (status !== undefined) conditions.push(onEntry((row) => leaseStatus(readLease(row), now) === status));
  if (user !== undefined) conditions.push(onEntry((row) => readLease(row)?.user === user));
  return conditions;
}

function onEntry(holds: (entry: JsonObject) => boolean): Condition {
  return (_, entry) => {
    const row = entry();
    return row !== undefined && holds(row);
  };
}

function isFound(text: string): Condition {
  const holds = (value: string | undefined): boolean => value?.toLowerCase().includes(text) === true;
  const holdsField = onEntry((row) =>
    ["label", "displayName", "subject"].some((field) => holds(readEntryText(row, field))),
  );
  return (candidate, entry) =>
    holds(candidate.row.key) || holds(candidate.row.sessionId) || holdsField(candidate, entry);
}
