import { type Finding, type Host, parseRowTime } from "@sessionsmith/core";
import { sessionDescriber } from "../describe-session.ts";
import { findSessions, type FoundSession } from "../find/find-sessions.ts";
import { isMeant } from "../find/is-meant.ts";
import { requireOneSession } from "../find/require-session.ts";
import { readStores, type StoreReading } from "../read-stores.ts";
import { type ListScope, selectedStore } from "../select-sessions.ts";
import type { SessionCandidate } from "../session-candidate.ts";
import type { SelectedStore } from "../session-selection.ts";
import { type ExportedSession, transcriptFinder } from "./exported-session.ts";

/** What is to be exported. */
export interface ExportQuery {
  /** Epoch ms. */
  readonly now: number;
  readonly allAgents: boolean;
  /** A session key, id, label or glob; undefined for every session of the stores. */
  readonly session?: string;
  /** True if the output shows titles; one that the row does not give is read from the transcript. */
  readonly titles: boolean;
}

/** The sessions to export. */
export interface ExportSelection {
  readonly stores: readonly SelectedStore[];
  /** The newest first. */
  readonly sessions: readonly ExportedSession[];
  readonly findings: readonly Finding[];
}

/**
 * Selects the sessions to export. A glob and a session id may mean several rows; a key or a label has to mean one.
 * @throws StoreError E_NOT_FOUND if a word means no session; E_USAGE with the candidates if it means several; as `readStores` does
 */
export function selectExported(host: Host, scope: ListScope, query: ExportQuery): ExportSelection {
  const stores = readStores(host, scope.targets, query);
  const { settings } = scope;
  const candidates =
    query.session === undefined ? allRows(stores, settings) : foundRows(stores, query.session, settings);
  const newest = candidates.toSorted((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  const describe = sessionDescriber(host, settings, {
    ...query,
    limit: "all",
    offset: 0,
    includeGlobal: true,
    includeUnknown: true,
    previews: false,
  });
  const transcriptOf = transcriptFinder(host);
  const described = newest.map((candidate) => ({ candidate, ...describe(candidate) }));
  return {
    stores: stores.map(selectedStore),
    sessions: described.map(({ candidate, session }) => ({
      candidate,
      session,
      transcript: transcriptOf(candidate),
    })),
    findings: [
      ...new Set(stores.flatMap(({ document }) => document?.findings ?? [])),
      ...described.flatMap(({ trouble }) => trouble ?? []),
    ],
  };
}

function allRows(
  stores: readonly StoreReading[],
  settings: ListScope["settings"],
): readonly SessionCandidate[] {
  return stores.flatMap(({ target, document }) =>
    document === undefined
      ? []
      : document.rows
          .filter((row) => !row.shadowed && isMeant(row, target, settings))
          .map((row) => candidateOf({ target, document, row })),
  );
}

function foundRows(
  stores: readonly StoreReading[],
  text: string,
  settings: ListScope["settings"],
): readonly SessionCandidate[] {
  const searched = stores.flatMap(({ target, document }) =>
    document === undefined ? [] : [{ target, document }],
  );
  const found = findSessions(searched, { text }, settings);
  const maySeveral = found.length > 1 && found.every(({ by }) => by === "glob" || by === "session-id");
  return (maySeveral ? found : [requireOneSession(text, found)]).map(candidateOf);
}

function candidateOf({ target, document, row }: Omit<FoundSession, "by">): SessionCandidate {
  const time = parseRowTime(row.updatedAt);
  return { target, document, row, updatedAt: time.known ? time.atMs : undefined };
}
