import { basename } from "node:path";
import {
  canonicalizeSessionKey,
  type Finding,
  type IndexRow,
  hasFormOfUuidOf,
  LongList,
  type ReadFs,
  repeatedTexts,
  type Sequence,
  viewOf,
} from "@sessionsmith/core";
import type { KeyRules } from "../keys/legacy-key.ts";
import type { WantedKeys } from "../keys/wanted-keys.ts";
import { type AssignedKeys, assignKeys, isSpareKey, keysOf, type KeySeeker } from "./assign-keys.ts";
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

/** The sessions of one store with all that is decided on them. */
export interface PlacedSessions {
  /** In order of their files. */
  readonly placed: Sequence<PlacedSession>;
  /** What is to be said of them. */
  readonly findings: readonly Finding[];
}

/**
 * Finds an id, a transcript and keys for each session of one store. There may be very many, so they are read one after the other,
 * and more than once.
 * @param requests in order of their files; they are let go when they are read
 */
export function placeInStore(
  fs: ReadFs,
  requests: LongList<SessionRequest>,
  { target, rules }: { readonly target: MigrationTarget; readonly rules: KeyRules },
): PlacedSessions {
  const present = keysInStore(target);
  const inStore = findPlaces(fs, requests, { target, rules });
  const seekerAt = (one: SessionInStore) =>
    present.has(one.place.sessionId) || isLeft(one.place) ? undefined : seekerOf(one);
  const keysFor = assignKeys(viewOf(inStore, seekerAt), target, rules);
  const placed = new LongList<PlacedSession>();
  const findings: Finding[] = [];
  let n = 0;
  for (const one of inStore.drain()) {
    const seeker = seekerAt(one);
    const given = seeker && keysFor(seeker, n);
    n += 1;
    const keys = given?.keys ?? present.get(one.place.sessionId) ?? [];
    placed.push(placedSession(one, { target, keys, given }));
    findings.push(...one.session.findings, ...one.place.findings, ...(given?.findings ?? []));
  }
  return { placed, findings };
}

/**
 * An id that several sessions ask for is given to one that is copied, and so keeps it, else to the one that was used last. A file that
 * several rows lead to is copied once.
 */
function findPlaces(
  fs: ReadFs,
  requests: LongList<SessionRequest>,
  { target, rules }: { readonly target: MigrationTarget; readonly rules: KeyRules },
): LongList<SessionInStore> {
  const archives = keptArchives(target.names);
  const rowOf = rowsByKey(target, rules);
  const { asked, contested } = askedIds(requests);
  const given = new Set<string>();
  const copied = new Set<string>();
  const placeOf = (request: SessionRequest): SessionPlace => {
    const { session, name, wanted } = request;
    const own = { legacyId: session.source.id, name, wanted };
    const rowsOfItsKeys = () => keysOf(own, rules).flatMap((key) => rowOf.get(key) ?? []);
    const isTaken = (sessionId: string): boolean => {
      const id = sessionId.toLowerCase();
      return given.has(id) || (id !== ownId(request) && asked.has(id));
    };
    const isCopied = copied.has(session.source.path);
    return placeSession(session, { fs, target, name, isTaken, isCopied, archives, rowsOfItsKeys });
  };
  const settled = new Map<number, SessionPlace>();
  for (const [n, request] of contested.toSorted(([, a], [, b]) => copiesFirst(a, b) || byUse(a, b))) {
    const place = placeOf(request);
    given.add(place.sessionId.toLowerCase());
    if (isCopy(request)) given.add(fileId(request));
    if (isCopy(request) && place.state === "write") copied.add(request.session.source.path);
    settled.set(n, place);
  }
  const inStore = new LongList<SessionInStore>();
  let n = 0;
  for (const request of requests.drain()) {
    inStore.push({ ...request, place: settled.get(n) ?? placeOf(request) });
    n += 1;
  }
  return inStore;
}

/** What sessions ask for that another one might get. */
interface AskedIds {
  /** Ids that may be the spare one of another session, by their form. */
  readonly asked: ReadonlySet<string>;
  /** The sessions that may not be alone with their id, or with their file, with their position. */
  readonly contested: readonly (readonly [number, SessionRequest])[];
}

function askedIds(requests: Sequence<SessionRequest>): AskedIds {
  const asked = new Set<string>();
  const repeated = repeatedTexts(() => viewOf(requests, ownId));
  const contested: (readonly [number, SessionRequest])[] = [];
  for (const [n, request] of requests.entries()) {
    const id = ownId(request);
    if (hasFormOfUuidOf(id)) asked.add(id);
    if (repeated.has(id) || (isCopy(request) && fileId(request) !== id)) contested.push([n, request]);
  }
  return { asked, contested };
}

/** The id that a session asks for; those that differ only in case name one file on some disks. */
function ownId({ session }: SessionRequest): string {
  return session.source.id.toLowerCase();
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
  const { agentId } = wanted;
  // One that lost what it asks for has a spare key, which nothing told.
  const keyOrigin = keys.every((key) => isSpareKey(key, wanted)) ? "legacy" : wanted.origin;
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
  };
}

function isCopy({ session: { source } }: SessionRequest): boolean {
  return source.body?.form === "openclaw";
}

/** The id that the name of a session's file takes. */
function fileId({ session: { source } }: SessionRequest): string {
  return basename(source.path, ".jsonl").toLowerCase();
}

/** What is copied can't get another name. */
function copiesFirst(a: SessionRequest, b: SessionRequest): number {
  return Number(isCopy(b)) - Number(isCopy(a));
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
