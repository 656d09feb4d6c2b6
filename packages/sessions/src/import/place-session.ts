import {
  classifyFileName,
  classifySessionId,
  entryLabel,
  type JsonObject,
  parseRow,
  parseSessionKey,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { findImported, type ImportedSearch } from "./find-imported.ts";
import type { ImportedSession } from "./imported-session.ts";
import { madeId } from "./made-id.ts";
import { isRepeated, sharesSession } from "./repeated-session.ts";

/** Where a session of an export goes in a store. */
export interface PlacedImport {
  readonly session: ImportedSession;
  readonly key: string;
  readonly sessionId: string;
  /** Name of its transcript; undefined if it has none. */
  readonly name: string | undefined;
  /** False if another row that has the same transcript brings it, or the store has it. */
  readonly writes: boolean;
  /** `there`: the store has the very same session. */
  readonly outcome: "add" | "there";
  /** The row as it is added. */
  readonly entry: JsonObject;
  /** Why it is not what the export says: `new-id`, `new-key`, `label-dropped`. */
  readonly changes: readonly string[];
}

/** Names that are taken: those of the store, and those of sessions that go before. */
export interface TakenNames {
  readonly keys: Set<string>;
  readonly ids: Set<string>;
  readonly files: Set<string>;
  readonly labels: Set<string>;
  /** Keys of rows of the store that are sessions of the export. */
  readonly found: Set<string>;
  /** What became of the sessions that go before, by the id that they had: rows may share a session, and an export may hold one twice. */
  readonly placed: Map<string, PlacedImport[]>;
}

/** What a store has. */
export function takenNames(snapshot: StoreSnapshot): TakenNames {
  const { rows, files, document } = snapshot;
  const labels = rows.flatMap(({ row }) => entryLabel(parseRow(document, row) ?? {})?.trim() ?? []);
  return {
    keys: new Set(rows.map(({ row }) => row.key)),
    ids: new Set(rows.flatMap(({ row }) => row.sessionId?.toLowerCase() ?? [])),
    files: new Set([...files.keys()].map((name) => name.toLowerCase())),
    labels: new Set(labels),
    found: new Set(),
    placed: new Map(),
  };
}

/** What a place is looked for in. */
export interface Placing extends ImportedSearch {
  readonly agentId: string;
  readonly taken: TakenNames;
}

/**
 * Finds a place for a session and takes its names: its own key and id if they are free, else a new id, and a key that is made of it.
 * A session that is there already, with the same transcript under the id and key that it has or would get, stays as it is, whether it
 * is in the store or goes before in the export.
 */
export function placeImport(session: ImportedSession, placing: Placing): PlacedImport {
  const { taken } = placing;
  const { sessionId: id } = session;
  const before = id === undefined ? [] : (taken.placed.get(id) ?? []);
  const known = before.find((other) => isRepeated(session, other.session));
  if (known !== undefined)
    return { ...known, session, writes: false, outcome: "there", entry: session.entry, changes: [] };
  return noted(findPlace(session, before, placing), taken);
}

/** @param before what became of the sessions with the same id that go before in the export */
function findPlace(
  session: ImportedSession,
  before: readonly PlacedImport[],
  placing: Placing,
): PlacedImport {
  const { sessionId: id } = session;
  const there = id === undefined ? undefined : placeThere(session, id, placing);
  if (there !== undefined) return there;
  const shared = before.find((other) => sharesSession(session, other.session));
  if (shared !== undefined) {
    const { sessionId } = shared;
    return placeThere(session, sessionId, placing) ?? added(session, { sessionId, shared }, placing);
  }
  if (id !== undefined && isFree(id, session, placing.taken))
    return added(session, { sessionId: id }, placing);
  for (let n = 0; ; n += 1) {
    const sessionId = madeId(session, n);
    const again = placeThere(session, sessionId, placing);
    if (again !== undefined) return again;
    if (isFree(sessionId, session, placing.taken)) return added(session, { sessionId }, placing);
  }
}

/** The place of a session that the store has under this id; undefined if it has none. A row is that of one session of the export. */
function placeThere(session: ImportedSession, sessionId: string, placing: Placing): PlacedImport | undefined {
  const { taken, agentId } = placing;
  const keys = [0, 1, 2, 3]
    .map((n) => nthKey(session, { sessionId, agentId, n }))
    .filter((key, n) => n === 0 || !taken.found.has(key));
  const facts = findImported(session, { sessionId, keys }, placing);
  if (facts === undefined) return undefined;
  const { row, transcript } = facts;
  taken.found.add(row.key);
  const name = transcript.state === "present" ? transcript.name : undefined;
  const { entry } = session;
  return { session, key: row.key, sessionId, name, writes: false, outcome: "there", entry, changes: [] };
}

/** A place of its own, whose names are taken with it. @param shared the row that goes before and has the same session */
function added(
  session: ImportedSession,
  { sessionId, shared }: { readonly sessionId: string; readonly shared?: PlacedImport },
  { taken, agentId }: Placing,
): PlacedImport {
  const { sessionId: id, entry, transcript } = session;
  const key = freeKey(session, { sessionId, agentId, taken });
  const name = shared?.name ?? (transcript && nameFor(transcript.name, id, sessionId));
  const label = entryLabel(entry)?.trim();
  const dropsLabel = label !== undefined && taken.labels.has(label);
  taken.keys.add(key);
  taken.ids.add(sessionId.toLowerCase());
  if (name !== undefined) taken.files.add(name.toLowerCase());
  if (label !== undefined) taken.labels.add(label);
  return {
    session,
    key,
    sessionId,
    name,
    writes: shared === undefined && transcript !== undefined,
    outcome: "add",
    entry: placedEntry(entry, { sessionId, name, dropsLabel }),
    changes: [
      ...(sessionId === id ? [] : ["new-id"]),
      ...(key === session.key ? [] : ["new-key"]),
      ...(dropsLabel ? ["label-dropped"] : []),
    ],
  };
}

/** Keeps what became of a session for those that come after it. */
function noted(placed: PlacedImport, { placed: all }: TakenNames): PlacedImport {
  const id = placed.session.sessionId;
  if (id === undefined) return placed;
  const others = all.get(id);
  if (others === undefined) all.set(id, [placed]);
  else others.push(placed);
  return placed;
}

interface KeyParts {
  readonly sessionId: string;
  readonly agentId: string;
}

function freeKey(session: ImportedSession, { taken, ...parts }: KeyParts & Pick<Placing, "taken">): string {
  for (let n = 0; ; n += 1) {
    const key = nthKey(session, { ...parts, n });
    if (!taken.keys.has(key)) return key;
  }
}

/** Its own key, one of its id, and, as rows that share a session can't have the same one, further ones of what it is. */
function nthKey(
  session: ImportedSession,
  { sessionId, agentId, n }: KeyParts & { readonly n: number },
): string {
  const own = n === 0 ? ownKey(session.key, agentId) : undefined;
  return own ?? `agent:${agentId}:explicit:${n < 2 ? sessionId : madeId(session, n - 2)}`;
}

/** Bytes that a file name may have, with room for the stamp of an archive. */
const longestNameBytes = 200;
/** Bytes that a session key may have (docs/invariants.md I8). */
const longestKeyBytes = 1024;

/** The key under another agent, if it is one of an agent; undefined for what can't be a key. */
function ownKey(key: string, agentId: string): string | undefined {
  if (Buffer.byteLength(key) > longestKeyBytes || /\p{Surrogate}/u.test(key)) return undefined;
  const named = parseSessionKey(key).agentId;
  if (named === undefined || named === agentId) return key;
  const [, , ...rest] = key.split(":");
  return ["agent", agentId, ...rest].join(":");
}

function isFree(id: string, { sessionId, transcript }: ImportedSession, taken: TakenNames): boolean {
  const name = transcript === undefined ? `${id}.jsonl` : nameFor(transcript.name, sessionId, id);
  return (
    classifySessionId(id) === "file-name" &&
    !taken.ids.has(id.toLowerCase()) &&
    !taken.files.has(name.toLowerCase()) &&
    !taken.files.has(`${id}.jsonl`.toLowerCase())
  );
}

/**
 * What else the name says, a forum topic or the time of a fork, stays; a name of no known form is made of the id. A name comes from
 * anywhere, so it is never a path.
 */
function nameFor(name: string, id: string | undefined, sessionId: string): string {
  const known = classifyFileName(name);
  const isPlain = !/[/\\\0]/.test(name) && Buffer.byteLength(name) <= longestNameBytes;
  const isOwn = isPlain && known.kind === "transcript" && known.sessionId === id;
  return isOwn && id !== undefined ? name.replace(id, () => sessionId) : `${sessionId}.jsonl`;
}

/** Where the transcript lay before says nothing here; its name is written down only if it is not that of the id. */
function placedEntry(
  entry: JsonObject,
  { sessionId, name, dropsLabel }: { sessionId: string; name: string | undefined; dropsLabel: boolean },
): JsonObject {
  const kept = Object.entries(entry).filter(
    ([field]) => field !== "sessionFile" && !(dropsLabel && field === "label"),
  );
  const named = name === undefined || name === `${sessionId}.jsonl` ? {} : { sessionFile: name };
  return { ...Object.fromEntries(kept), sessionId, ...named };
}
