import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import {
  classifySessionId,
  fileIdentity,
  type IndexDocument,
  noInode,
  type Plan,
  planSchemaVersion,
  type PlanStore,
  readIndex,
  type Recipe,
  type Recipes,
  requireJsonEra,
  sealPlan,
  type Step,
  StoreError,
  type WriteFileStep,
} from "@sessionsmith/core";
import { applyPlan } from "@sessionsmith/core/engine";
import type { EngineHost } from "@sessionsmith/core/store";
import { openConnection } from "../connection.ts";
import { connectionOptions, hostOf, type SqliteStoreOptions } from "../sqlite-options.ts";
import { checkpointLine, checkpointsDir, settingsName } from "./checkpoint-file.ts";
import { requireSame } from "./import-json-store.ts";
import { readJsonStore, targetOf } from "./read-json-store.ts";
import { readSqliteStore } from "./read-sqlite-store.ts";
import { compareContent, type ContentCounts, countContent, type StoreContent } from "./store-content.ts";

/** Where a database is written to as a store in files. */
export interface ExportOrder extends Omit<SqliteStoreOptions, "create"> {
  /** Path of the index to make, `sessions.json`; there must be no session in it yet. */
  readonly storePath: string;
  /** True: looks whether it can be done, counts, and writes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Stops between two steps; what was done until then is taken back. */
  readonly signal?: AbortSignal;
}

/** What an export made. */
export interface ExportOutcome extends ContentCounts {
  /** For `sessionsmith undo`; undefined if there was nothing to write, or nothing was to be written. */
  readonly operationId: string | undefined;
}

const transcriptRecipe = "sqlite-transcript";
const checkpointRecipe = "sqlite-checkpoint";

/**
 * Writes what is present in a database as a store in files, as one operation that can be undone, and compares the two: rows,
 * transcripts, checkpoints and settings, each line byte for byte. What was taken away stays in the database, and all else too.
 * @throws StoreError E_REFUSED if there are sessions already, or a session id can't be a file name; E_SQLITE_UNAVAILABLE; and as
 * opening the database and `applyPlan` do
 */
export async function exportSqliteStore(order: ExportOrder): Promise<ExportOutcome> {
  const host = hostOf(order);
  const indexPath = resolve(host.cwd, order.storePath);
  const connection = await openConnection(connectionOptions({ ...order, create: false }));
  const { reader, path } = connection;
  try {
    // All of it is read as of one moment.
    reader.exec("BEGIN");
    const content = readSqliteStore(reader);
    requireNames(content, path);
    const planNow = (): Plan => planExport(host, indexPath, content);
    const ids = new Set(content.rows.map(({ sessionId }) => sessionId));
    const needed = content.transcripts.filter(({ sessionId }) => ids.has(sessionId));
    const plan = planNow();
    if (order.dryRun === true)
      return { ...countContent({ ...content, transcripts: needed }), operationId: undefined };
    const { operationId } = await applyPlan(host, plan, {
      create: true,
      replan: planNow,
      recipes: exportRecipes(content),
      ...(order.signal === undefined ? {} : { signal: order.signal }),
    });
    const written = compareContent({ ...content, transcripts: needed }, readJsonStore(host, indexPath));
    return { ...requireSame(written, indexPath), operationId };
  } finally {
    if (reader.inTransaction) reader.exec("COMMIT");
    connection.close();
  }
}

function requireNames({ transcripts, checkpoints }: StoreContent, path: string): void {
  const odd = [
    ...transcripts.map(({ sessionId }) => sessionId).filter((id) => classifySessionId(id) !== "file-name"),
    ...checkpoints.map(({ checkpoint }) => checkpoint.id).filter((id) => !/^[0-9a-f-]{1,64}$/.test(id)),
  ];
  if (odd.length === 0) return;
  throw new StoreError(
    "E_REFUSED",
    `${odd.length} ids in ${path} can't be names of files (${JSON.stringify(odd[0])}). Nothing was changed.`,
    { details: { path, ids: odd.slice(0, 20) } },
  );
}

function planExport(host: EngineHost, indexPath: string, content: StoreContent): Plan {
  requireJsonEra(host, targetOf(indexPath));
  const { store, document } = storeAt(host, indexPath);
  if (document.rows.length > 0) {
    throw new StoreError("E_REFUSED", `There are sessions in ${indexPath} already. Nothing was changed.`, {
      hint: "Name an index that is not there yet.",
      details: { path: indexPath },
    });
  }
  const { transcripts, checkpoints, settings, rows } = content;
  const steps: Step[] = transcripts.map(({ sessionId }) =>
    write(`${sessionId}.jsonl`, { recipe: transcriptRecipe, params: { sessionId } }),
  );
  if (checkpoints.length > 0 && host.fs.lstat(join(store.realDir, checkpointsDir)) === undefined)
    steps.push({ kind: "make-dir", phase: "create", name: checkpointsDir, mode: 0o700 });
  for (const { checkpoint } of checkpoints)
    steps.push(
      write(`${checkpointsDir}/${checkpoint.id}.jsonl`, {
        recipe: checkpointRecipe,
        params: { id: checkpoint.id },
      }),
    );
  if (settings !== undefined) {
    const inline = { source: "inline", text: settings } as const;
    steps.push({ ...write(settingsName, { recipe: "", params: {} }), content: inline });
  }
  if (rows.length > 0) {
    const members = rows.map(({ key, value }) => `  ${JSON.stringify(key)}: ${value}`);
    const edits = [{ at: document.root.start + 1, remove: 0, insert: `\n${members.join(",\n")}\n` }];
    const { size, sha256 } = store.index;
    const source = { source: "splice", path: indexPath, size, sha256, edits } as const;
    steps.push({ kind: "write-index", phase: "switch", path: indexPath, content: source });
  }
  const now = host.clock.now();
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "convert",
    createdAt: now,
    now,
    policy: {},
    parts: [{ store, rows: [], files: [], steps, blockedBy: [] }],
  });
}

function write(
  name: string,
  { recipe, params }: { readonly recipe: string; readonly params: { readonly [name: string]: string } },
): WriteFileStep {
  const content = { source: "derive", recipe, inputs: [], params } as const;
  return {
    kind: "write-file",
    phase: "create",
    name,
    content,
    mode: 0o600,
    replaces: null,
    reason: "convert",
  };
}

/** The store as it is now; one that is not there has to be made before a plan for it can be applied. */
function storeAt(
  { fs }: EngineHost,
  indexPath: string,
): { readonly store: PlanStore; readonly document: Pick<IndexDocument, "root" | "rows"> } {
  const sessionsDir = dirname(indexPath);
  const read = readIndex(fs, indexPath);
  const realDir = fs.realpath(sessionsDir) ?? sessionsDir;
  if (read.state === "readable") {
    const { document, fingerprint } = read;
    const index = { sha256: fingerprint.sha256, ...fileIdentity(fingerprint) };
    return { store: { agentId: "main", indexPath, realDir, index }, document };
  }
  if (read.state === "unreadable") {
    throw new StoreError("E_CORRUPT_INDEX", `${indexPath} can't be read. Nothing was changed.`, {
      details: { path: indexPath },
    });
  }
  const sha256 = createHash("sha256").update("{}").digest("hex");
  const index = { sha256, size: 2, dev: "0", ino: noInode, mtimeNs: "0" };
  return {
    store: { agentId: "main", indexPath, realDir, index },
    document: { root: { start: 0, end: 2 }, rows: [] },
  };
}

function exportRecipes({ transcripts, checkpoints }: StoreContent): Recipes {
  const byId = new Map(transcripts.map((transcript) => [transcript.sessionId, transcript]));
  const kept = new Map(checkpoints.map((one) => [one.checkpoint.id, one]));
  const transcript: Recipe = function* (_inputs, { sessionId }) {
    const found = typeof sessionId === "string" ? byId.get(sessionId) : undefined;
    if (found !== undefined) yield* bytesOf([found.header], found.lines());
  };
  const checkpoint: Recipe = function* (_inputs, { id }) {
    const found = typeof id === "string" ? kept.get(id) : undefined;
    if (found === undefined) return;
    const header = byId.get(found.checkpoint.sessionId)?.header ?? newHeader(found.checkpoint);
    yield* bytesOf([checkpointLine(found.checkpoint), header], found.lines());
  };
  return new Map([
    [transcriptRecipe, transcript],
    [checkpointRecipe, checkpoint],
  ]);
}

/** The transcript in a checkpoint has a header too; that of a session that is gone is not kept. */
function newHeader({
  sessionId,
  createdAt,
}: {
  readonly sessionId: string;
  readonly createdAt: number;
}): string {
  const timestamp = new Date(createdAt).toISOString();
  return JSON.stringify({ type: "session", version: 3, id: sessionId, timestamp, cwd: "/" });
}

const chunkLength = 65_536;

function* bytesOf(first: readonly string[], lines: Iterable<string>): Generator<Uint8Array> {
  let pending = first.map((line) => `${line}\n`).join("");
  for (const line of lines) {
    pending += `${line}\n`;
    if (pending.length < chunkLength) continue;
    yield Buffer.from(pending, "utf8");
    pending = "";
  }
  yield Buffer.from(pending, "utf8");
}
