import { canonicalizeSessionKey, type Finding, type ReadFs, type IndexRow } from "@sessionsmith/core";
import type { KeyRules } from "../keys/legacy-key.ts";
import type { WantedKeys } from "../keys/wanted-keys.ts";
import { type AssignedKeys, assignKeys, keysOf, type KeySeeker } from "./assign-keys.ts";
import { keptArchives } from "./kept-archives.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { placeSession } from "./place-session.ts";
import type { PlacedSession } from "./placed-session.ts";
import { placedOutcome, unplacedOutcome } from "./session-outcome.ts";
import type { SessionPlace } from "./session-place.ts";
import { sessionRow } from "./session-row.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** A session and the keys that it asks for. */
export interface SessionRequest {
  readonly session: SurveyedSession;
  readonly name: string;
  readonly wanted: WantedKeys;
}

/** Finds an id, a transcript and keys for each session of one store. */
export function placeInStore(
  fs: ReadFs,
  requests: readonly SessionRequest[],
  { target, rules }: { readonly target: MigrationTarget; readonly rules: KeyRules },
): readonly PlacedSession[] {
  const present = keysInStore(target);
  const archives = keptArchives(target.names);
  const rowOf = rowsByKey(target, rules);
  const taken = new Set<string>();
  const placed = requests.toSorted(byUse).map(({ session, name, wanted }) => {
    const own = { legacyId: session.source.id, name, wanted };
    const rowsOfItsKeys = () => keysOf(own, rules).flatMap((key) => rowOf.get(key) ?? []);
    const place = placeSession(session, { fs, target, name, taken, archives, rowsOfItsKeys });
    taken.add(place.sessionId.toLowerCase());
    return { session, name, wanted, place };
  });
  const seekers = placed.map((one) =>
    present.has(one.place.sessionId) || isLeft(one.place) ? undefined : seekerOf(one),
  );
  const assigned = assignKeys(
    seekers.filter((seeker) => seeker !== undefined),
    target,
    rules,
  );
  return placed.map((one, n) => {
    const seeker = seekers[n];
    const given = seeker && assigned.get(seeker);
    const keys = given?.keys ?? present.get(one.place.sessionId) ?? [];
    return placedSession(one, { target, keys, given });
  });
}

/** True for a session that is in the store and can't be compared, or differs: whatever there is stays as it is. */
function isLeft({ state }: SessionPlace): boolean {
  return state === "changed" || state === "moved-on";
}

/** A session with its place in the store. */
interface SessionInStore extends SessionRequest {
  readonly place: SessionPlace;
}

function placedSession(
  { session, name, wanted, place }: SessionInStore,
  {
    target,
    keys,
    given,
  }: {
    readonly target: MigrationTarget;
    readonly keys: readonly string[];
    readonly given: AssignedKeys | undefined;
  },
): PlacedSession {
  const { source, file, times } = session;
  const { sessionId, transcript, state, seen } = place;
  const isWritten = state === "write";
  const outcome = isWritten || given !== undefined ? "migrate" : "there";
  const { agentId, origin: keyOrigin } = wanted;
  const { indexPath: storePath } = target.store;
  return {
    migrated: isLeft(place)
      ? unplacedOutcome(session, "left")
      : placedOutcome(session, { outcome, agentId, storePath, sessionId, keys, keyOrigin, transcript }),
    name,
    file,
    body: source.body,
    startedAt: times.startedAt,
    sessionId,
    transcript,
    isWritten,
    seen,
    row: given === undefined ? undefined : sessionRow(session, { sessionId, transcript }),
    findings: joined([session.findings, place.findings, given?.findings ?? []]),
  };
}

/** One list for all sessions with which nothing is the matter, which are thousands. */
const noFindings: readonly Finding[] = [];

function joined(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  return lists.every((list) => list.length === 0) ? noFindings : lists.flat();
}

/** The one that was used last has the first choice. */
function byUse(a: SessionRequest, b: SessionRequest): number {
  const newerFirst = b.session.times.updatedAt - a.session.times.updatedAt;
  if (newerFirst !== 0) return newerFirst;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function keysInStore({ document }: MigrationTarget): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const { key, sessionId, shadowed } of document.rows)
    if (sessionId !== undefined && !shadowed) keys.set(sessionId, [...(keys.get(sessionId) ?? []), key]);
  return keys;
}

function rowsByKey({ document }: MigrationTarget, rules: KeyRules): ReadonlyMap<string, IndexRow> {
  const rows = document.rows.filter(({ shadowed }) => !shadowed);
  return new Map(rows.map((row) => [canonicalizeSessionKey(row.key, rules), row]));
}

function seekerOf({ session, name, wanted, place }: SessionInStore): KeySeeker {
  const { id: legacyId, path } = session.source;
  return { legacyId, sessionId: place.sessionId, path, name, updatedAt: session.times.updatedAt, wanted };
}
