import { appendLines } from "../engine/append-lines.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import { newestTranscriptVersion } from "../transcripts/header.ts";
import { lineLimitBytes } from "../transcripts/scan-lines.ts";
import { StoreError } from "../store-error.ts";
import { jsonCopyOfObject } from "./json-copy.ts";
import { locateTranscript } from "./locate-transcript.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import type { AppendLineOptions, AppendOptions, TranscriptAddress } from "./transcript-options.ts";
import { underLock } from "./under-lock.ts";
import { requireUnlocked, waitForTranscript } from "./wait-for-transcript.ts";

/** A line for the transcript of a session. */
export interface SessionLine {
  readonly sessionId: string;
  readonly line: JsonObject;
}

/** How long a batch is open for further lines. */
const batchMs = 10;

/** Lines of one transcript that wait to be written together. */
interface Batch {
  readonly lines: string[];
  readonly written: Promise<void>;
}

/** Open batches by file system, store and session id. */
const batches = new WeakMap<ReadFs, Map<string, Batch>>();

/**
 * Adds a line to the transcript of a session; the line is written by one system call. A transcript that is not there is made,
 * and begins with a header. An end that an interrupted write left is mended first: a whole record gets its line end, a part
 * of one is moved aside to `.sessionsmith/torn/`, so that nothing is lost and the new line stands alone.
 *
 * The lock that OpenClaw puts on a transcript (`<file>.jsonl.lock`) is waited for.
 * @param line the record as it shall stand there; give it `type`, `id`, `parentId` and `timestamp` as OpenClaw does
 * @throws StoreError E_LOCKED, naming the holder; E_NOT_FOUND if there is no store; E_REFUSED, E_SQLITE_ERA, E_CORRUPT_INDEX;
 * E_IO, and then nothing was added; TypeError for a value that JSON can't carry
 */
export async function appendTranscriptLine(
  { storePath, sessionId }: TranscriptAddress,
  line: JsonObject,
  options: AppendLineOptions = {},
): Promise<void> {
  await appendLine(accessStore(storePath, options), { sessionId, line }, options);
}

/** {@link appendTranscriptLine} in a store that is open. */
export async function appendLine(
  access: StoreAccess,
  { sessionId, line }: SessionLine,
  { fsync = "always", cwd = access.host.cwd }: AppendOptions,
): Promise<void> {
  const text = textOf(line);
  const session = { sessionId, cwd };
  if (fsync === "batch") await appendInBatch(access, session, text);
  else await appendNow(access, session, { lines: [text], sync: fsync === "always" });
}

interface Session {
  readonly sessionId: string;
  readonly cwd: string;
}

/** The first line of a batch waits for others, and writes them all. */
function appendInBatch(access: StoreAccess, session: Session, text: string): Promise<void> {
  const open = openBatches(access.host.fs);
  const key = JSON.stringify([access.target.indexPath, session.sessionId, access.held !== undefined]);
  const known = open.get(key);
  if (known !== undefined) {
    known.lines.push(text);
    return known.written;
  }
  const lines = [text];
  const write = async () => {
    await access.host.sleep(batchMs);
    open.delete(key);
    await appendNow(access, session, { lines, sync: true });
  };
  const batch: Batch = { lines, written: write() };
  open.set(key, batch);
  return batch.written;
}

function openBatches(fs: ReadFs): Map<string, Batch> {
  const open = batches.get(fs) ?? new Map<string, Batch>();
  batches.set(fs, open);
  return open;
}

async function appendNow(
  access: StoreAccess,
  { sessionId, cwd }: Session,
  { lines, sync }: { readonly lines: readonly string[]; readonly sync: boolean },
): Promise<void> {
  const { host, lockTimeoutMs } = access;
  requireWritableEra(access);
  const { path, place } = locateTranscript(access, sessionId);
  await waitForTranscript(host, path, lockTimeoutMs);
  await underLock(access, () => {
    const { name } = locateTranscript(access, sessionId);
    requireUnlocked(host, path);
    const header = headerOf(host, { sessionId, cwd });
    appendLines(host, { realDir: place.realDir, name, header, lines, sync });
  });
}

function headerOf({ clock }: Pick<EngineHost, "clock">, { sessionId, cwd }: Session): string {
  const timestamp = new Date(clock.now()).toISOString();
  return JSON.stringify({ type: "session", version: newestTranscriptVersion, id: sessionId, timestamp, cwd });
}

function textOf(line: JsonObject): string {
  const text = JSON.stringify(jsonCopyOfObject(line, "line"));
  if (Buffer.byteLength(text) <= lineLimitBytes) return text;
  throw new StoreError("E_REFUSED", "A line of a transcript may have at most 64 MiB. Nothing was changed.", {
    hint: "Store large content elsewhere and put its path into the line.",
  });
}
