import { type ArchiveReason, parseArchiveStamp } from "./archive-stamp.ts";
import type { FileClass } from "./file-name.ts";

/** The name of the index unless the operator or the settings say otherwise. */
export const defaultIndexName = "sessions.json";

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const checkpointTail = new RegExp(`\\.checkpoint\\.(${uuid})$`, "i");
const indexTempTail = /^\.(?:\d+\.)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/i;
const indexBackupTail = /^\.bak\.\d+$/;
const repairBackupTail = /^\.bak-\d+-(\d{1,15})$/;
const archiveTail = /^\.(deleted|reset|bak)\.(.*)$/s;
/** The time at which a fork was made, with "-" for ":" and ".". */
const forkPrefix = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:-\d{3})?Z)_(?=.)/s;
const topicMark = "-topic-";
/** What nearly every transcript is called. Lower-case hexadecimal digits and dashes make no topic, no fork stamp and no sidecar. */
const plainStem = /^[0-9a-f-]{1,64}$/;

const foreign: FileClass = { kind: "foreign" };

/**
 * Tells from its name alone what an entry of a sessions directory is (OpenClaw 2026.5.28 store format).
 * The index itself, hidden names and whatever the grammar does not know are `foreign`. Case matters. Linear in the length of the name.
 *
 * A session id may itself hold what looks like a topic or a fork stamp; the class then names the shorter id.
 * So a row's own `<sessionId>.jsonl` is looked up by that name, not by the class.
 *
 * @param options.indexName name of the index in that directory; default `sessions.json`
 */
export function classifyFileName(name: string, options: { readonly indexName?: string } = {}): FileClass {
  const index = options.indexName ?? defaultIndexName;
  if (name === index) return foreign;
  const indexSide = name.startsWith(index) ? classifyIndexTail(index, name.slice(index.length)) : undefined;
  if (indexSide !== undefined) return indexSide;
  if (name.startsWith(".")) return foreign;
  if (name.endsWith(".jsonl")) return classifyStem(name.slice(0, -".jsonl".length));
  if (name.endsWith(".trajectory-path.json")) {
    return { kind: "trajectory-pointer", base: name.slice(0, -".trajectory-path.json".length) };
  }
  const at = name.lastIndexOf(".jsonl.");
  if (at < 0) return foreign;
  const end = at + ".jsonl".length;
  return classifyTranscriptTail(name.slice(0, end), name.slice(end));
}

/** `<index><tail>` */
function classifyIndexTail(index: string, tail: string): FileClass | undefined {
  if (indexTempTail.test(tail)) return { kind: "index-temp", index };
  return indexBackupTail.test(tail) ? { kind: "index-backup", index } : undefined;
}

/** `<stem>.jsonl` */
function classifyStem(stem: string): FileClass {
  if (plainStem.test(stem)) return { kind: "transcript", sessionId: stem };
  if (stem.endsWith(".trajectory")) {
    return { kind: "trajectory", base: stem.slice(0, -".trajectory".length) };
  }
  const [tail, checkpointId] = checkpointTail.exec(stem) ?? [];
  if (tail !== undefined && checkpointId !== undefined) {
    const { sessionId } = parseTranscriptStem(stem.slice(0, -tail.length));
    return { kind: "checkpoint", sessionId, checkpointId };
  }
  return { kind: "transcript", ...parseTranscriptStem(stem) };
}

/** `<transcript><tail>`, where the transcript ends in `.jsonl` */
function classifyTranscriptTail(transcript: string, tail: string): FileClass {
  if (tail === ".lock") return { kind: "transcript-lock", transcript };
  if (tail === ".codex-app-server.json") return { kind: "codex-binding", transcript };
  const [, madeAt] = repairBackupTail.exec(tail) ?? [];
  if (madeAt !== undefined) return { kind: "repair-backup", transcript, madeAtMs: Number(madeAt) };
  const [, reason, stamp] = archiveTail.exec(tail) ?? [];
  if (!isArchiveReason(reason) || stamp === undefined) return foreign;
  return { kind: "archive", reason, original: transcript, retiredAtMs: parseArchiveStamp(stamp) };
}

function isArchiveReason(text: string | undefined): text is ArchiveReason {
  return text === "deleted" || text === "reset" || text === "bak";
}

/** Splits `[<stamp>_]<sessionId>[-topic-<thread>]`. */
function parseTranscriptStem(stem: string): { sessionId: string; topic?: string; forkStamp?: string } {
  const [prefix = "", forkStamp] = forkPrefix.exec(stem) ?? [];
  const fork = forkStamp === undefined ? {} : { forkStamp };
  const rest = stem.slice(prefix.length);
  const at = rest.indexOf(topicMark, 1);
  if (at < 0 || rest.endsWith(topicMark)) return { sessionId: rest, ...fork };
  return { sessionId: rest.slice(0, at), topic: decodeTopic(rest.slice(at + topicMark.length)), ...fork };
}

/** Topics are written with encodeURIComponent; one that is not stays as it is. */
function decodeTopic(topic: string): string {
  try {
    return decodeURIComponent(topic);
  } catch (error) {
    if (error instanceof URIError) return topic;
    throw error;
  }
}
