import { join } from "node:path";
import {
  isConversationRecord,
  type JsonObject,
  parseHeader,
  parseRecord,
  type Recipe,
  scanLines,
  StoreError,
  type StoreSnapshot,
  type WriteFileStep,
} from "@sessionsmith/core";
import type { CheckpointDraft, CheckpointRestore, StoredCheckpoint } from "@sessionsmith/core/store";
import type { RetiredFile, SessionsChange } from "../change/sessions-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import {
  type CheckpointFile,
  checkpointLine,
  checkpointName,
  checkpointsDir,
  readCheckpoint,
} from "./checkpoint-file.ts";
import { sessionRow, turnTo } from "./session-facts.ts";
import { replaceTranscript, sourceOf, transcriptOf } from "./transcript-file.ts";

/** A moment, and a snapshot that was made then. */
export interface StorageLook {
  readonly snapshot: StoreSnapshot;
  /** Epoch ms. */
  readonly now: number;
}

/** Names of recipes in plans. */
export const rewriteRecipe = "rewrite-lines";

/** What saving a checkpoint does: its file, with the bytes of the transcript as they are. */
export function saveCheckpointChange(
  { host }: Pick<StoreScope, "host">,
  { snapshot, now }: StorageLook,
  { id, draft }: { readonly id: string; readonly draft: CheckpointDraft },
): { readonly change: SessionsChange; readonly checkpoint: StoredCheckpoint } {
  const { key, sessionId } = draft;
  const { name, fact } = transcriptOf(snapshot, sessionRow(snapshot, draft), sessionId);
  const path = join(snapshot.realDir, name);
  const messageCount = fact === undefined ? 0 : countMessages(host, path);
  const checkpoint = {
    id,
    key,
    sessionId,
    createdAt: now,
    messageCount,
    note: draft.note,
    entry: draft.entry,
  };
  const line = `${checkpointLine(checkpoint)}\n`;
  const write = { kind: "write-file", phase: "create", name: checkpointName(id), mode: 0o600 } as const;
  const copied = fact === undefined ? undefined : contentOf(host.fs, path);
  const content: WriteFileStep["content"] =
    copied === undefined
      ? { source: "inline", text: line }
      : {
          source: "splice",
          path,
          size: copied.size,
          sha256: copied.sha256,
          edits: [{ at: 0, remove: 0, insert: line }],
        };
  const change = {
    command: "checkpoint save",
    policy: { key, sessionId },
    now,
    turns: new Map(),
    dirs: makeCheckpointsDir(host, snapshot),
    writes: [{ ...write, content, replaces: null, reason: "checkpoint" }],
  };
  return { change, checkpoint };
}

/** Our own directory is there when the operation has begun. */
function makeCheckpointsDir({ fs }: StoreScope["host"], { realDir }: StoreSnapshot): SessionsChange["dirs"] {
  if (fs.lstat(join(realDir, checkpointsDir)) !== undefined) return [];
  return [{ kind: "make-dir", phase: "create", name: checkpointsDir, mode: 0o700 }];
}

function countMessages({ fs }: StoreScope["host"], path: string): number {
  const count = fs.withFile(path, (file) => {
    let messages = 0;
    for (const { bytes, blank } of scanLines(file)) {
      const parsed = blank || bytes === undefined ? undefined : parseRecord(bytes);
      if (parsed?.ok === true && isConversationRecord(parsed.record)) messages += 1;
    }
    return messages;
  });
  return count ?? 0;
}

/** What bringing the lines of a checkpoint back does: the present ones beside it as a backup, and the switch of both. */
export function restoreChange(
  { host }: Pick<StoreScope, "host">,
  { snapshot, now }: StorageLook,
  restore: CheckpointRestore,
): SessionsChange {
  const { key, sessionId, checkpointId, changeEntry } = restore;
  const file = requireCheckpoint(host, snapshot, checkpointId);
  const { rows, realDir } = snapshot;
  const isThere = rows.some(({ row }) => row.key === key);
  const facts = isThere ? sessionFacts(snapshot, { key, sessionId }) : undefined;
  const target =
    facts === undefined
      ? { name: `${sessionId}.jsonl`, fact: undefined }
      : transcriptOf(snapshot, facts, sessionId);
  const present = target.fact ?? host.fs.lstat(join(realDir, target.name));
  const header = headerLine(sessionId, now, host.cwd);
  const content = restoredContent(host, file, { header, rewrites: restore.rewrite !== undefined });
  const writes = replaceTranscript({ fs: host.fs, atMs: now }, snapshot, {
    file: { name: target.name, fact: present },
    content,
    reason: "checkpoint-restore",
  });
  const before = facts === undefined ? undefined : entryOf(snapshot, facts);
  const reason = "checkpoint-restore";
  const order = { command: "checkpoint restore", policy: { key, checkpointId }, now, writes };
  if (before !== undefined)
    return { ...order, turns: new Map([[key, turnTo(before, changeEntry(before), { reason })]]) };
  const value: JsonObject = JSON.parse(JSON.stringify(changeEntry({ ...file.checkpoint.entry })));
  return { ...order, turns: new Map(), added: [{ key, value, reason }] };
}

/** The header is that of the present session, because a checkpoint may be of an earlier one of the same key. */
function restoredContent(
  { fs }: StoreScope["host"],
  { path, bodyAt }: CheckpointFile,
  { header, rewrites }: { readonly header: string; readonly rewrites: boolean },
): WriteFileStep["content"] {
  const { size, sha256, headEnd } = inspect(fs, path, bodyAt);
  if (rewrites)
    return {
      source: "derive",
      recipe: rewriteRecipe,
      inputs: [{ path, size, sha256 }],
      params: { header, headEnd },
    };
  return { source: "splice", path, size, sha256, edits: [{ at: 0, remove: headEnd, insert: header }] };
}

function inspect(fs: StoreScope["host"]["fs"], path: string, bodyAt: number) {
  const { size, sha256 } = contentOf(fs, path);
  const headEnd = fs.withFile(path, (file) => {
    const [line] = scanLines(file, { from: bodyAt, chunkBytes: 4096 });
    const isHeader = line?.bytes !== undefined && parseHeader(line.bytes).state === "header";
    return isHeader ? line.endOffset : bodyAt;
  });
  return { size, sha256, headEnd: headEnd ?? bodyAt };
}

/** Makes new lines of those of a checkpoint. */
export function rewriteLines(rewrite: NonNullable<CheckpointRestore["rewrite"]>): Recipe {
  return function* ([file], { header, headEnd }) {
    if (file === undefined || typeof headEnd !== "number") throw new Error("a recipe without its input");
    yield Buffer.from(String(header), "utf8");
    const records = function* (): Generator<JsonObject> {
      for (const { bytes, blank } of scanLines(file, { from: headEnd })) {
        const parsed = blank || bytes === undefined ? undefined : parseRecord(bytes);
        if (parsed?.ok === true) yield parsed.record;
      }
    };
    for (const record of rewrite(records())) yield Buffer.from(`${JSON.stringify(record)}\n`, "utf8");
  };
}

/** A header line with its end. */
export function headerLine(id: string, atMs: number, cwd: string): string {
  return `${JSON.stringify({ type: "session", version: 3, id, timestamp: new Date(atMs).toISOString(), cwd })}\n`;
}

/** The checkpoint of an id. @throws StoreError E_NOT_FOUND */
export function requireCheckpoint(
  { fs }: StoreScope["host"],
  { realDir }: Pick<StoreSnapshot, "realDir">,
  id: string,
): CheckpointFile {
  const found = readCheckpoint(fs, realDir, id);
  if (found !== undefined) return found;
  throw new StoreError("E_NOT_FOUND", `There is no checkpoint ${JSON.stringify(id)}. Nothing was changed.`, {
    hint: "`checkpoint list` shows those that there are.",
    details: { checkpoint: id },
  });
}

/** A checkpoint on its way to the trash. */
export function retiredCheckpoint({ name, fact }: CheckpointFile, reason: string): RetiredFile {
  return { name, fact, reason };
}
