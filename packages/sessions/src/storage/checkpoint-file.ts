import { join } from "node:path";
import {
  type FileFact,
  isJsonObject,
  type JsonObject,
  lookOrFail,
  parseRecord,
  type ReadFs,
  readEntryNumber,
  readEntryObject,
  readEntryText,
  scanLines,
  StoreError,
} from "@sessionsmith/core";
import type { StoredCheckpoint } from "@sessionsmith/core/store";
import type { RetiredFile } from "../change/sessions-change.ts";
import type { StorageLook } from "./storage-look.ts";

/** Where named checkpoints lie, relative to the sessions directory. */
export const checkpointsDir = ".sessionsmith/checkpoints";

/** A checkpoint on the disk: one line about it, and then the bytes of the transcript. */
export interface CheckpointFile {
  readonly checkpoint: StoredCheckpoint;
  /** Relative to the sessions directory. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly fact: FileFact;
  /** Where the transcript begins. */
  readonly bodyAt: number;
}

const extension = ".jsonl";
const version = 1;
/** An id that we made; nothing else becomes part of a path. */
const idPattern = /^[0-9a-f-]{1,64}$/;

/** Path of a checkpoint, relative to the sessions directory. */
export function checkpointName(id: string): string {
  return `${checkpointsDir}/${id}${extension}`;
}

/** The line about a checkpoint, without its end. */
export function checkpointLine(checkpoint: StoredCheckpoint): string {
  return JSON.stringify({ type: "checkpoint", version, ...checkpoint });
}

/** Finds a checkpoint; undefined if there is none of this id. Throws Node's error if it can't be read. */
export function readCheckpoint(fs: ReadFs, realDir: string, id: string): CheckpointFile | undefined {
  if (!idPattern.test(id)) return undefined;
  const name = checkpointName(id);
  const path = join(realDir, name);
  return fs.withFile(path, (file) => {
    const [line] = scanLines(file, { chunkBytes: 4096 });
    const parsed = line?.bytes === undefined ? undefined : parseRecord(line.bytes);
    const checkpoint = parsed?.ok === true ? checkpointOf(parsed.record) : undefined;
    if (line === undefined || checkpoint?.id !== id) return undefined;
    return { checkpoint, name, path, fact: file.fact, bodyAt: line.endOffset };
  });
}

/** All checkpoints of a store, oldest first. What is no checkpoint of this version is passed over. Throws a StoreError E_IO. */
export function readCheckpoints(fs: ReadFs, realDir: string): readonly CheckpointFile[] {
  const dir = join(realDir, checkpointsDir);
  const names = lookOrFail("E_IO", dir, () => fs.readdir(dir)) ?? [];
  const found = names.flatMap((name) => {
    const id = name.endsWith(extension) ? name.slice(0, -extension.length) : "";
    return readCheckpoint(fs, realDir, id) ?? [];
  });
  return found.toSorted((one, other) => one.checkpoint.createdAt - other.checkpoint.createdAt);
}

function checkpointOf(record: JsonObject): StoredCheckpoint | undefined {
  const [id, key, sessionId] = ["id", "key", "sessionId"].map((field) => readEntryText(record, field));
  const [createdAt, messageCount] = [
    readEntryNumber(record, "createdAt"),
    readEntryNumber(record, "messageCount"),
  ];
  if (record["type"] !== "checkpoint" || record["version"] !== version) return undefined;
  if (id === undefined || key === undefined || sessionId === undefined) return undefined;
  if (createdAt === undefined || messageCount === undefined || !isJsonObject(record["note"]))
    return undefined;
  const entry = readEntryObject(record, "entry") ?? {};
  return { id, key, sessionId, createdAt, messageCount, note: record["note"], entry };
}

/** The checkpoint of an id. @throws StoreError E_NOT_FOUND */
export function requireCheckpoint(
  { host, snapshot }: Pick<StorageLook, "host" | "snapshot">,
  id: string,
): CheckpointFile {
  const found = readCheckpoint(host.fs, snapshot.realDir, id);
  if (found === undefined) throw noCheckpoint(id);
  return found;
}

/** The error for an id that no checkpoint has. */
export function noCheckpoint(id: string): StoreError {
  return new StoreError("E_NOT_FOUND", `There is no checkpoint ${JSON.stringify(id)}. Nothing was changed.`, {
    hint: "`checkpoint list` shows those that there are.",
    details: { checkpoint: id },
  });
}

/** A checkpoint on its way to the trash. @param reason why, as a stable word */
export function retiredCheckpoint({ name, fact }: CheckpointFile, reason: string): RetiredFile {
  return { name, fact, reason };
}
