import {
  isJsonObject,
  type JsonObject,
  parseRecord,
  readEntryNumber,
  readEntryObject,
  readEntryText,
} from "@sessionsmith/core";
import type { StoredCheckpoint } from "@sessionsmith/core/store";

/** Where a session manager keeps its checkpoints, relative to a sessions directory. */
export const checkpointsDir = ".sessionsmith/checkpoints";
/** Where it keeps its settings. */
export const settingsName = ".sessionsmith/manager.json";

const version = 1;

/** The first line of a checkpoint's file, without its end. */
export function checkpointLine(checkpoint: StoredCheckpoint): string {
  return JSON.stringify({ type: "checkpoint", version, ...checkpoint });
}

/** Reads the first line of a checkpoint's file; undefined if it is none of this version. */
export function parseCheckpointLine(line: Uint8Array): StoredCheckpoint | undefined {
  const parsed = parseRecord(line);
  return parsed.ok ? checkpointOf(parsed.record) : undefined;
}

function checkpointOf(record: JsonObject): StoredCheckpoint | undefined {
  const { type, version: written, note } = record;
  const [id, key, sessionId] = ["id", "key", "sessionId"].map((field) => readEntryText(record, field));
  const createdAt = readEntryNumber(record, "createdAt");
  const messageCount = readEntryNumber(record, "messageCount");
  if (type !== "checkpoint" || written !== version || !isJsonObject(note)) return undefined;
  if (id === undefined || key === undefined || sessionId === undefined) return undefined;
  if (createdAt === undefined || messageCount === undefined) return undefined;
  const entry = readEntryObject(record, "entry") ?? {};
  return { id, key, sessionId, createdAt, messageCount, note, entry };
}
