import {
  classifySessionKey,
  type Finding,
  type FindingId,
  type Host,
  type IndexDocument,
  openStorePlace,
  parseRow,
  parseSessionKey,
  readEntryText,
  type SessionSettings,
  type StoreTarget,
} from "@sessionsmith/core";
import { deriveTitle, titleGivenByRow } from "./derive-title.ts";
import { derivedTitle } from "./derived-title.ts";
import { glimpseTranscript, type TranscriptGlimpse } from "./glimpse-transcript.ts";
import type { ListQuery } from "./list-query.ts";
import type { SessionCandidate } from "./session-candidate.ts";
import type { SelectedSession } from "./session-selection.ts";

/** A row to show, and what stood in the way of its transcript. */
export interface DescribedSession {
  readonly session: SelectedSession;
  readonly trouble: Finding | undefined;
}

/**
 * Makes the function that turns a row into what is shown of it. It opens the transcript only for a preview, or for a title that
 * the row itself does not give. Throws E_IO or E_NOT_FOUND if the sessions directory can't be looked at any more.
 */
export function sessionDescriber(
  host: Host,
  settings: SessionSettings,
  query: ListQuery,
): (candidate: SessionCandidate) => DescribedSession {
  const agents = new Map(settings.agents.map((agent) => [agent.id, agent]));
  const placeOf = memoize((target: StoreTarget) => openStorePlace(host.fs, target));
  const findingsOf = memoize(rowFindings);
  return (candidate) => {
    const { target, document, row, updatedAt } = candidate;
    const entry = parseRow(document, row) ?? {};
    const agentId = parseSessionKey(row.key).agentId ?? target.agentId;
    const names = {
      displayName: readEntryText(entry, "displayName"),
      subject: readEntryText(entry, "subject"),
      label: readEntryText(entry, "label"),
    };
    const glimpse = glimpseOf(candidate, needsMessage(names, query));
    const title = { ...names, firstUserMessage: glimpse?.firstUserMessage, sessionId: row.sessionId };
    const session = {
      key: row.key,
      agentId,
      agent: agents.get(agentId),
      kind: classifySessionKey(row.key, { mainKey: settings.mainKey }),
      sessionId: row.sessionId,
      updatedAt,
      entry,
      rowFinding: row.understood ? undefined : findingsOf(document).get(row.key),
      title: query.titles ? deriveTitle(title) : undefined,
      derivedTitle: query.derivedTitles === true ? derivedTitle({ ...title, updatedAt }) : undefined,
      lastMessage: glimpse?.lastMessage,
    };
    return { session, trouble: glimpse?.trouble };
  };

  function glimpseOf(
    { target, row }: SessionCandidate,
    firstUserMessage: boolean,
  ): TranscriptGlimpse | undefined {
    const wish = { firstUserMessage, lastMessage: query.previews, opener: query.opener };
    if (!wish.firstUserMessage && !wish.lastMessage) return undefined;
    return glimpseTranscript(host.fs, { place: placeOf(target), row }, wish);
  }
}

/** Whether a title is asked for that only a message can give. */
function needsMessage(
  names: Parameters<typeof titleGivenByRow>[0],
  { titles, derivedTitles = false }: ListQuery,
): boolean {
  if (titles && titleGivenByRow(names) === undefined) return true;
  return derivedTitles && titleGivenByRow({ ...names, label: undefined }) === undefined;
}

/** For every key that has findings, the id of the first. */
function rowFindings(document: IndexDocument): ReadonlyMap<string, FindingId> {
  const ids = new Map<string, FindingId>();
  for (const { id, place } of document.findings) {
    if (place.key !== undefined && !ids.has(place.key)) ids.set(place.key, id);
  }
  return ids;
}

function memoize<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
