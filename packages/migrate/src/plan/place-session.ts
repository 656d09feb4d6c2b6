import { basename, join } from "node:path";
import {
  classifyFileName,
  classifySessionId,
  type Finding,
  finding,
  type ReadFs,
  type FileIdentity,
  fileIdentity,
} from "@sessionsmith/core";
import type { MigrationTarget } from "./migration-target.ts";
import { newSessionId } from "./new-session-id.ts";
import { readProvenance } from "./read-provenance.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** Where a session goes in a store, or why it does not go there. */
export interface SessionPlace {
  readonly sessionId: string;
  /** The name of its transcript; undefined for a session without messages and without a file. */
  readonly transcript: string | undefined;
  /** `write`: the transcript has to be made. `there`: it is there, made of this very file. `changed`: it was made of another content of it. */
  readonly state: "write" | "there" | "changed";
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
}

/**
 * Finds the id and the transcript of a session: its own id if that can name a transcript and is free, else one that is made of
 * it. A transcript that an earlier migration made of the same file is found again.
 */
export function placeSession(session: SurveyedSession, placing: Placing): SessionPlace {
  const { id, body, dialect, path } = session.source;
  if (body?.form === "openclaw") return placeCopy(session, placing);
  const spareId = () => newSessionId(dialect, placing.name, id);
  const candidates = canNameTranscript(id) ? [() => id, spareId] : [spareId];
  for (const candidate of candidates) {
    const sessionId = candidate();
    const state = placing.taken.has(sessionId.toLowerCase())
      ? "foreign"
      : stateOf(session, sessionId, placing);
    if (state === "foreign") continue;
    const renamed = sessionId === id ? [] : [finding("legacy-id-changed", { path }, { id, sessionId })];
    const changed =
      state === "changed" ? [finding("legacy-source-changed", { path }, { id, sessionId })] : [];
    const transcript = body === undefined ? undefined : `${sessionId}.jsonl`;
    const seen = seenAs(transcript, placing);
    return { sessionId, transcript, state, seen, findings: [...renamed, ...changed] };
  }
  throw new Error("a session id made of a hash is taken");
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

function stateOf(
  session: SurveyedSession,
  sessionId: string,
  { fs, target, name }: Placing,
): SessionPlace["state"] | "foreign" {
  const transcript = `${sessionId}.jsonl`;
  if (session.file === undefined) return "there";
  if (!target.names.has(transcript)) return "write";
  const provenance = readProvenance(fs, target.store.realDir, transcript);
  if (provenance?.["file"] !== name || provenance["sessionId"] !== session.source.id) return "foreign";
  return provenance["sha256"] === session.file.sha256 ? "there" : "changed";
}

/** A transcript of OpenClaw keeps its name and its id: both stand in it. */
function placeCopy({ source, file }: SurveyedSession, placing: Placing): SessionPlace {
  const { fs, target } = placing;
  const transcript = basename(source.path);
  const seen = seenAs(transcript, placing);
  const place = { sessionId: source.id, transcript, seen, findings: [] };
  if (!target.names.has(transcript)) return { ...place, state: "write" };
  const isThere = startsWith(fs, join(target.store.realDir, transcript), {
    path: source.path,
    size: file?.size ?? 0,
  });
  if (isThere) return { ...place, state: "there" };
  const { id, path } = source;
  return { ...place, state: "changed", findings: [finding("legacy-source-changed", { path }, { id })] };
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
