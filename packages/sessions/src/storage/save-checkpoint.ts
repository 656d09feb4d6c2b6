import { join } from "node:path";
import {
  isConversationRecord,
  type MakeDirStep,
  parseRecord,
  type ReadableFile,
  scanLines,
  StoreError,
  type WriteFileStep,
} from "@sessionsmith/core";
import { type CheckpointDraft, type StoredCheckpoint, transcriptSource } from "@sessionsmith/core/store";
import type { SessionsChange } from "../change/sessions-change.ts";
import { checkpointLine, checkpointName, checkpointsDir } from "./checkpoint-file.ts";
import { sessionRow } from "./session-row.ts";
import type { StorageLook } from "./storage-look.ts";
import { transcriptOf } from "./transcript-file.ts";

/** A checkpoint that is to be made. */
export interface SavedCheckpoint {
  readonly change: SessionsChange;
  readonly checkpoint: StoredCheckpoint;
}

/** Saving a checkpoint: a file of its own with one line about it, and then the bytes of the transcript as they are. */
export function saveCheckpointChange(look: StorageLook, id: string, draft: CheckpointDraft): SavedCheckpoint {
  const { host, snapshot, now } = look;
  const { key, sessionId, note, entry } = draft;
  const { name, fact } = transcriptOf(snapshot, sessionRow(snapshot, draft), sessionId);
  const path = join(snapshot.realDir, name);
  const copied = fact === undefined ? undefined : host.fs.withFile(path, (file) => copyOf(file, path));
  if (fact !== undefined && copied === undefined)
    throw new StoreError("E_STALE_PLAN", `${path} is gone. Nothing was changed.`);
  const messageCount = copied?.messages ?? 0;
  const checkpoint = { id, key, sessionId, createdAt: now, messageCount, note, entry };
  const line = `${checkpointLine(checkpoint)}\n`;
  const content: WriteFileStep["content"] =
    copied === undefined
      ? { source: "inline", text: line }
      : { ...copied.source, edits: [{ at: 0, remove: 0, insert: line }] };
  const write: WriteFileStep = {
    kind: "write-file",
    phase: "create",
    name: checkpointName(id),
    content,
    mode: 0o600,
    replaces: null,
    reason: "checkpoint",
  };
  const policy = { key, sessionId };
  const dirs = missingDirs(look);
  return {
    change: { command: "checkpoint save", policy, now, turns: new Map(), dirs, writes: [write] },
    checkpoint,
  };
}

function copyOf(file: ReadableFile, path: string) {
  let messages = 0;
  for (const { bytes, blank } of scanLines(file)) {
    const parsed = blank || bytes === undefined ? undefined : parseRecord(bytes);
    if (parsed?.ok === true && isConversationRecord(parsed.record)) messages += 1;
  }
  return { messages, source: transcriptSource(file, path).source };
}

/** The directory above it is there as soon as an operation has begun. */
function missingDirs({ host, snapshot }: StorageLook): readonly MakeDirStep[] {
  if (host.fs.lstat(join(snapshot.realDir, checkpointsDir)) !== undefined) return [];
  return [{ kind: "make-dir", phase: "create", name: checkpointsDir, mode: 0o700 }];
}
