import { basename, join } from "node:path";
import {
  classifyFileName,
  classifySessionId,
  type Finding,
  finding,
  type ReadFs,
  type FileIdentity,
  fileIdentity,
  type JsonObject,
  type IndexRow,
} from "@sessionsmith/core";
import type { KeptArchives } from "./kept-archives.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { newSessionId } from "./new-session-id.ts";
import { readProvenance } from "./read-provenance.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** Where a session goes in a store, or why it does not go there. */
export interface SessionPlace {
  readonly sessionId: string;
  /** The name of its transcript; undefined for a session without messages and without a file. */
  readonly transcript: string | undefined;
  /**
   * `write`: the transcript has to be made. `there`: it is there, made of this very file. `changed`: it was made of another
   * content of it. `moved-on`: it was brought in, and was compacted, encrypted or reset since, so it can't be compared any more.
   */
  readonly state: "write" | "there" | "changed" | "moved-on";
  /** The transcript that is there, as it was seen. */
  readonly seen: FileIdentity | undefined;
  readonly findings: readonly Finding[];
}

/** What a place is looked for in. */
export interface Placing {
  readonly fs: ReadFs;
  readonly target: MigrationTarget;
  /** The path of the session's file relative to what is migrated. */
  readonly name: string;
  /** Ids, in lower case, that other sessions of this migration have got in this store. */
  readonly taken: ReadonlySet<string>;
  /** The archives of the target, by transcript. */
  readonly archives: ReadonlyMap<string, KeptArchives>;
  /** Finds what stands in the target under a key that this session would get. */
  readonly rowsOfItsKeys: () => readonly IndexRow[];
}

/**
 * Finds the id and the transcript of a session: its own id if that can name a transcript and is free, else one that is made of
 * it. What an earlier migration made of the same file is found again, also if it was compacted, encrypted or reset since.
 */
export function placeSession(session: SurveyedSession, placing: Placing): SessionPlace {
  const { id, body, path } = session.source;
  if (body?.form === "openclaw") return placeCopy(session, placing);
  const spareId = () => spareIdOf(session, placing);
  const candidates = canNameTranscript(id) ? [() => id, spareId] : [spareId];
  for (const candidate of candidates) {
    const sessionId = candidate();
    const state = placing.taken.has(sessionId.toLowerCase())
      ? "foreign"
      : stateOf(session, sessionId, placing);
    if (state === "foreign") continue;
    const renamed = sessionId === id ? [] : [finding("legacy-id-changed", { path }, { id, sessionId })];
    const transcript = body === undefined ? undefined : `${sessionId}.jsonl`;
    const seen = seenAs(transcript, placing);
    const left = leftFindings(state, { path }, { id, sessionId });
    return { sessionId, transcript, state, seen, findings: [...renamed, ...left] };
  }
  throw new Error("a session id made of a hash is taken");
}

function spareIdOf({ source }: SurveyedSession, { name }: Placing): string {
  return newSessionId(source.dialect, name, source.id);
}

function seenAs(transcript: string | undefined, { fs, target }: Placing): FileIdentity | undefined {
  const isThere = transcript !== undefined && target.names.has(transcript);
  const fact = isThere ? fs.lstat(join(target.store.realDir, transcript)) : undefined;
  return fact && fileIdentity(fact);
}

function canNameTranscript(id: string): boolean {
  const named = classifyFileName(`${id}.jsonl`);
  return classifySessionId(id) === "file-name" && named.kind === "transcript" && named.sessionId === id;
}

/** Says why a session that is in the store is left alone. */
function leftFindings(
  state: SessionPlace["state"],
  place: Finding["place"],
  details: Finding["details"],
): readonly Finding[] {
  if (state === "changed") return [finding("legacy-source-changed", place, details)];
  return state === "moved-on" ? [finding("legacy-session-moved-on", place, details)] : [];
}

function stateOf(
  session: SurveyedSession,
  sessionId: string,
  placing: Placing,
): SessionPlace["state"] | "foreign" {
  const { fs, target } = placing;
  const transcript = `${sessionId}.jsonl`;
  if (session.file === undefined) return "there";
  if (!leftTraces(sessionId, placing)) return "write";
  const { compacted = [], reset = [] } = placing.archives.get(transcript) ?? {};
  const isThere = target.names.has(transcript);
  const markOf = (name: string) => readProvenance(fs, target.store.realDir, name);
  const mark = isThere ? markOf(transcript) : undefined;
  const earlier = mark === undefined ? firstOf([...compacted, ...reset], markOf) : undefined;
  if (isOurs(mark ?? earlier, session, placing)) {
    if ((mark ?? earlier)?.["sha256"] !== session.file.sha256) return "changed";
    return earlier === undefined ? "there" : "moved-on";
  }
  // An id that is made of the session's own place is nobody else's.
  if (sessionId !== session.source.id) return "moved-on";
  const isMarked = mark !== undefined || earlier !== undefined;
  if (!isMarked && isOursByKey(session, { isThere, placing })) return "moved-on";
  return isThere ? "foreign" : "write";
}

/** True if a session of this id is in the store, or was and was reset: then its key stands for what it became. */
function leftTraces(sessionId: string, { target, archives }: Placing): boolean {
  const transcript = `${sessionId}.jsonl`;
  return target.names.has(transcript) || (archives.get(transcript)?.reset ?? []).length > 0;
}

function firstOf<T, R>(list: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOurs(
  mark: JsonObject | undefined,
  { source }: SurveyedSession,
  { name }: Pick<Placing, "name">,
): boolean {
  return mark?.["file"] === name && mark["sessionId"] === source.id;
}

/**
 * Where no mark can be read, the key tells: a session of this id under a key that this session would get is this session, unless
 * it was brought in under its spare id. After a reset the row has another id.
 */
function isOursByKey(
  session: SurveyedSession,
  { isThere, placing }: { readonly isThere: boolean; readonly placing: Placing },
): boolean {
  if (leftTraces(spareIdOf(session, placing), placing)) return false;
  return placing.rowsOfItsKeys().some((row) => !isThere || row.sessionId === session.source.id);
}

/** A transcript of OpenClaw keeps its name and its id: both stand in it. */
function placeCopy({ source, file }: SurveyedSession, placing: Placing): SessionPlace {
  const { fs, target } = placing;
  const transcript = basename(source.path);
  const seen = seenAs(transcript, placing);
  const place = { sessionId: source.id, transcript, seen, findings: [] };
  const { id, path } = source;
  if (!target.names.has(transcript)) {
    const wasReset = (placing.archives.get(transcript)?.reset ?? []).length > 0;
    const state = wasReset ? "moved-on" : "write";
    return { ...place, state, findings: leftFindings(state, { path }, { id }) };
  }
  const isThere = startsWith(fs, join(target.store.realDir, transcript), {
    path: source.path,
    size: file?.size ?? 0,
  });
  if (isThere) return { ...place, state: "there" };
  return { ...place, state: "changed", findings: leftFindings("changed", { path }, { id }) };
}

/** Tells whether a file begins with all of another one. */
function startsWith(
  fs: ReadFs,
  path: string,
  other: { readonly path: string; readonly size: number },
): boolean {
  const size = 2 ** 16;
  const isSame = fs.withFile(path, (file) =>
    fs.withFile(other.path, (beginning) => {
      if (file.fact.size < other.size) return false;
      const [left, right] = [Buffer.alloc(size), Buffer.alloc(size)];
      for (let at = 0; at < other.size; at += size) {
        const wanted = Math.min(size, other.size - at);
        const read = [file.read(left.subarray(0, wanted), at), beginning.read(right.subarray(0, wanted), at)];
        if (read.some((bytes) => bytes !== wanted) || left.compare(right, 0, wanted, 0, wanted) !== 0)
          return false;
      }
      return true;
    }),
  );
  return isSame === true;
}
