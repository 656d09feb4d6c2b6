import { join } from "node:path";
import {
  type JsonObject,
  parseHeader,
  parseRecord,
  type ReadableFile,
  type Recipe,
  type Recipes,
  scanLines,
  StoreError,
  type WriteFileStep,
} from "@sessionsmith/core";
import { type CheckpointRestore, transcriptSource } from "@sessionsmith/core/store";
import { rowOfOrder } from "../change/row-of-order.ts";
import type { SessionsChange } from "../change/sessions-change.ts";
import { type CheckpointFile, requireCheckpoint } from "./checkpoint-file.ts";
import { headerLine } from "./header-line.ts";
import { sessionRow, turnTo } from "./session-row.ts";
import type { StorageLook } from "./storage-look.ts";
import { replaceTranscript, type TranscriptFile, transcriptOf } from "./transcript-file.ts";

type Rewrite = NonNullable<CheckpointRestore["rewrite"]>;

const recipeName = "rewrite-lines";

/** Bringing the lines of a checkpoint back: the present ones become a backup, and transcript and row are switched together. */
export function restoreChange(look: StorageLook, restore: CheckpointRestore): SessionsChange {
  const { host, snapshot, now } = look;
  const { key, sessionId, checkpointId, changeEntry, rewrite } = restore;
  const kept = requireCheckpoint(look, checkpointId);
  const isThere = rowOfOrder(snapshot, key) !== undefined;
  const ordered = isThere ? sessionRow(snapshot, { key, sessionId }) : undefined;
  const file: TranscriptFile =
    ordered === undefined ? formerFile(look, sessionId) : transcriptOf(snapshot, ordered, sessionId);
  const reason = "checkpoint-restore";
  // The header is that of the present session: a checkpoint may be of an earlier one of the same key.
  const { content, entry } = readCheckpoint(look, kept, {
    header: headerLine(sessionId, look),
    rewrites: rewrite !== undefined,
    turn: (lines) => changeEntry(ordered?.entry ?? kept.checkpoint.entry, lines),
  });
  const writes = replaceTranscript(host, snapshot, { file, content, reason });
  const order = { command: "checkpoint restore", policy: { key, checkpoint: checkpointId }, now, writes };
  if (ordered === undefined) {
    return { ...order, turns: new Map(), added: [{ key, value: entry, reason }] };
  }
  const turn = turnTo(ordered.entry, entry, { reason });
  return { ...order, turns: new Map([[key, turn]]) };
}

/** What makes the new lines, for the engine. */
export function restoreRecipes(rewrite: Rewrite | undefined): Recipes {
  return rewrite === undefined ? new Map() : new Map([[recipeName, rewriteLines(rewrite)]]);
}

/** A session that is gone may have left its transcript. */
function formerFile({ host, snapshot }: StorageLook, sessionId: string): TranscriptFile {
  const name = `${sessionId}.jsonl`;
  return { name, fact: host.fs.lstat(join(snapshot.realDir, name)) };
}

interface Restoring {
  readonly header: string;
  readonly rewrites: boolean;
  /** Makes the row, with the lines of the checkpoint at hand. */
  readonly turn: (lines: Iterable<JsonObject>) => JsonObject;
}

function readCheckpoint(
  { host }: StorageLook,
  { path, bodyAt }: CheckpointFile,
  { header, rewrites, turn }: Restoring,
): { readonly content: WriteFileStep["content"]; readonly entry: JsonObject } {
  const read = host.fs.withFile(path, (file) => {
    const [line] = scanLines(file, { from: bodyAt, chunkBytes: 4096 });
    const isHeader = line?.bytes !== undefined && parseHeader(line.bytes).state === "header";
    const headEnd = isHeader ? line.endOffset : bodyAt;
    const entry = turn({ [Symbol.iterator]: () => recordsOf(file, headEnd) });
    return { source: transcriptSource(file, path).source, headEnd, entry };
  });
  if (read === undefined) throw new StoreError("E_STALE_PLAN", `${path} is gone. Nothing was changed.`);
  const { source, headEnd, entry } = read;
  if (!rewrites)
    return { content: { ...source, edits: [{ at: 0, remove: headEnd, insert: header }] }, entry };
  const { size, sha256 } = source;
  const inputs = [{ path, size, sha256 }];
  return { content: { source: "derive", recipe: recipeName, inputs, params: { header, headEnd } }, entry };
}

function* recordsOf(file: ReadableFile, from: number): Generator<JsonObject, undefined> {
  for (const { bytes, blank } of scanLines(file, { from })) {
    const parsed = blank || bytes === undefined ? undefined : parseRecord(bytes);
    if (parsed?.ok === true) yield parsed.record;
  }
}

function rewriteLines(rewrite: Rewrite): Recipe {
  return function* ([file], { header, headEnd }) {
    if (file === undefined || typeof header !== "string" || typeof headEnd !== "number")
      throw new Error("a recipe without what it is made of");
    yield Buffer.from(header, "utf8");
    for (const record of rewrite(recordsOf(file, headEnd)))
      yield Buffer.from(`${JSON.stringify(record)}\n`, "utf8");
  };
}
