import {
  canonicalizeSessionKey,
  type Host,
  isStoreError,
  openStorePlace,
  parseSessionKey,
} from "@sessionsmith/core";
import { type EngineHost, readStoreLedger } from "@sessionsmith/core/engine";
import { keyRulesOf } from "../find/key-rules.ts";
import type { ListScope } from "../select-sessions.ts";
import type { SelectedStore } from "../session-selection.ts";
import { type EndedSession, endedSessions } from "./ended-sessions.ts";
import type { HistoryQuery } from "./history-query.ts";

/** The ended sessions that a query selected, and how the stores fared. */
export interface SessionHistory {
  readonly query: HistoryQuery;
  readonly stores: readonly SelectedStore[];
  /** Sessions that match, shown or not. */
  readonly totalCount: number;
  /** The newest end first; of the same time, the last that was written down first. */
  readonly sessions: readonly EndedSession[];
}

/**
 * Reads the ledgers of the stores: which sessions ended, when, why, and what they had used up. A store without a ledger has no
 * history yet; its index is not read, so that a damaged one does not stand in the way. A key that is asked for may be spelled as
 * `findSessions` takes it.
 * @throws StoreError E_NOT_FOUND or E_IO for a single store; one among several carries its error
 */
export function readHistory(
  host: Host & Pick<EngineHost, "fs">,
  { targets, settings }: ListScope,
  query: HistoryQuery,
): SessionHistory {
  const ledgers = new Map<string, readonly EndedSession[]>();
  const stores: SelectedStore[] = [];
  const found: EndedSession[] = [];
  for (const target of targets) {
    const { agentId } = target;
    const matches = filterOf(query, (key) =>
      canonicalizeSessionKey(key, { ...keyRulesOf(settings), agentId }),
    );
    try {
      const { realDir } = openStorePlace(host.fs, target);
      const isNew = !ledgers.has(realDir);
      const ended = ledgers.get(realDir) ?? endedSessions(readStoreLedger(host.fs, realDir));
      ledgers.set(realDir, ended);
      stores.push({ target, error: undefined });
      const own =
        target.onlyAgentRows === true ? ended.filter((one) => agentOf(one) === target.agentId) : ended;
      if (isNew || target.onlyAgentRows === true) found.push(...own.filter(matches));
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const isEmpty = query.allAgents && error.code === "E_NOT_FOUND" && target.origin === "configured";
      if (!isEmpty && targets.length === 1) throw error;
      stores.push({ target, error: isEmpty ? undefined : { code: error.code, message: error.message } });
    }
  }
  const newest = found.toReversed().toSorted((a, b) => b.endedAt - a.endedAt);
  const end = query.limit === "all" ? newest.length : query.offset + query.limit;
  return { query, stores, totalCount: newest.length, sessions: newest.slice(query.offset, end) };
}

function agentOf({ key, agentId }: EndedSession): string {
  return parseSessionKey(key).agentId ?? agentId;
}

function filterOf(
  { session, since, search, label, kinds, onlyEnded = false }: HistoryQuery,
  canonicalKey: (key: string) => string,
): (one: EndedSession) => boolean {
  const text = search?.toLowerCase();
  const asked = kinds === undefined ? undefined : new Set<string>(kinds);
  const key = session === undefined ? undefined : canonicalKey(session);
  const isMeant = ({ key: its }: EndedSession) => key !== "" && canonicalKey(its) === key;
  return (one) => {
    const names = [one.key, one.sessionId, one.label];
    return (
      (!onlyEnded || one.restoredAt === undefined) &&
      (session === undefined || names.includes(session) || isMeant(one)) &&
      (since === undefined || one.endedAt >= since) &&
      (text === undefined || names.some((name) => name?.toLowerCase().includes(text) === true)) &&
      (label === undefined || one.label === label) &&
      (asked === undefined || asked.has(one.kind))
    );
  };
}
