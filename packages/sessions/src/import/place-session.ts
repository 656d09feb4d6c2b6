import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  classifyFileName,
  classifySessionId,
  entryLabel,
  type JsonObject,
  parseRow,
  parseSessionKey,
  type ReadFs,
  type StoreSnapshot,
} from "@sessionsmith/core";
import type { ImportedSession } from "./imported-session.ts";
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
    placed: new Map(),
  };
}

/** What a place is looked for in. */
export interface Placing {
  readonly fs: ReadFs;
  readonly snapshot: StoreSnapshot;
  readonly agentId: string;
  readonly taken: TakenNames;
  readonly newId: () => string;
}

/**
 * Finds a place for a session and takes its names: its own key and id if they are free, else a new id, and a key that is made of it.
 * A session that is there already, with the same id and the same transcript under the same key, stays as it is, whether it is in the
 * store or goes before in the export.
 */
export function placeImport(session: ImportedSession, placing: Placing): PlacedImport {
  const { taken, agentId } = placing;
  const { sessionId: id, entry, transcript } = session;
  const key = ownKey(session.key, agentId);
  const before = id === undefined ? [] : (taken.placed.get(id) ?? []);
  const known = before.find((other) => isRepeated(session, other.session));
  if (known !== undefined) return { ...known, session, writes: false, outcome: "there", entry, changes: [] };
  if (id !== undefined && key !== undefined && isThere(session, key, placing)) {
    const name = transcript?.name;
    const there = { session, key, sessionId: id, name, writes: false, entry, changes: [] };
    return noted({ ...there, outcome: "there" }, taken);
  }
  const shared = before.find((other) => sharesSession(session, other.session));
  const keepsId = id !== undefined && (shared?.sessionId === id || isFree(id, session, taken));
  const sessionId = shared?.sessionId ?? (keepsId ? id : placing.newId());
  const isFreeKey = key !== undefined && !taken.keys.has(key);
  const newKey = isFreeKey ? key : madeKey(sessionId, placing);
  const name = shared?.name ?? (transcript && nameFor(transcript.name, id, sessionId));
  const label = entryLabel(entry)?.trim();
  const dropsLabel = label !== undefined && taken.labels.has(label);
  taken.keys.add(newKey);
  taken.ids.add(sessionId.toLowerCase());
  if (name !== undefined) taken.files.add(name.toLowerCase());
  if (label !== undefined) taken.labels.add(label);
  const placed: PlacedImport = {
    session,
    key: newKey,
    sessionId,
    name,
    writes: shared === undefined && transcript !== undefined,
    outcome: "add",
    entry: placedEntry(entry, { sessionId, name, dropsLabel }),
    changes: [
      ...(keepsId ? [] : ["new-id"]),
      ...(newKey === session.key ? [] : ["new-key"]),
      ...(dropsLabel ? ["label-dropped"] : []),
    ],
  };
  return noted(placed, taken);
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

/** A key of the id; rows that share a session can't have the same one, so the next is made of an id of its own. */
function madeKey(sessionId: string, { agentId, taken, newId }: Placing): string {
  const key = `agent:${agentId}:explicit:${sessionId}`;
  return taken.keys.has(key) ? `agent:${agentId}:explicit:${newId()}` : key;
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

function isFree(id: string, { transcript }: ImportedSession, taken: TakenNames): boolean {
  const name = transcript === undefined ? `${id}.jsonl` : nameFor(transcript.name, id, id);
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

function isThere(
  { sessionId, transcript }: ImportedSession,
  key: string,
  { fs, snapshot }: Placing,
): boolean {
  const facts = snapshot.rows.find(({ row }) => row.key === key);
  if (facts === undefined || facts.row.sessionId !== sessionId) return false;
  if (transcript === undefined) return facts.transcript.state !== "present";
  if (facts.transcript.state !== "present") return false;
  return startsWith(fs, join(snapshot.realDir, facts.transcript.name), transcript);
}

/** A conversation that went on since is the same one. */
function startsWith(
  fs: ReadFs,
  path: string,
  { size, sha256, unterminated }: NonNullable<ImportedSession["transcript"]>,
): boolean {
  const wanted = unterminated ? size - 1 : size;
  return (
    fs.withFile(path, (file) => {
      if (file.fact.size < wanted) return false;
      const hash = createHash("sha256");
      const buffer = Buffer.alloc(2 ** 20);
      for (let at = 0; at < wanted;) {
        const part = buffer.subarray(0, Math.min(buffer.length, wanted - at));
        const read = file.read(part, at);
        if (read === 0) return false;
        hash.update(part.subarray(0, read));
        at += read;
      }
      if (unterminated) hash.update("\n");
      return hash.digest("hex") === sha256;
    }) === true
  );
}
