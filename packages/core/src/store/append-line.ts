import { appendLines, type MakeText } from "../engine/append-lines.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import { newestTranscriptVersion } from "../transcripts/header.ts";
import { lineLimitBytes } from "../transcripts/scan-lines.ts";
import { StoreError } from "../store-error.ts";
import { jsonCopyOfObject } from "./json-copy.ts";
import { locateTranscript } from "./locate-transcript.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import type { AppendLineOptions, AppendOptions, MakeLine, TranscriptAddress } from "./transcript-options.ts";
import { underLock } from "./under-lock.ts";
import { requireUnlocked, waitForTranscript } from "./wait-for-transcript.ts";

/** A line for the transcript of a session. */
export interface SessionLine {
  readonly sessionId: string;
  readonly line: JsonObject | MakeLine;
}

/** How long a batch is open for further lines. */
const batchMs = 10;

/** Lines of one transcript that wait to be written together. */
interface Batch {
  readonly lines: (MakeText | string)[];
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
 * @param line the record as it shall stand there, or a function that makes it of the record before; give it `type`, `id`,
 * `parentId` and `timestamp` as OpenClaw does
 * @throws StoreError E_LOCKED, naming the holder; E_NOT_FOUND if there is no store, or no row that is needed; E_REFUSED, E_SQLITE_ERA, E_CORRUPT_INDEX;
 * E_IO, and then nothing was added; TypeError for a value that JSON can't carry
 */
export async function appendTranscriptLine(
  { storePath, sessionId }: TranscriptAddress,
  line: JsonObject | MakeLine,
  options: AppendLineOptions = {},
): Promise<void> {
  await appendLine(accessStore(storePath, options), { sessionId, line }, options);
}

/** {@link appendTranscriptLine} in a store that is open. */
export async function appendLine(
  access: StoreAccess,
  { sessionId, line }: SessionLine,
  { fsync = "always", cwd = access.host.cwd, needsRow = false }: AppendOptions,
): Promise<void> {
  const wanted = wantedLine(line);
  const session = { sessionId, cwd, needsRow };
  if (fsync === "batch") await appendInBatch(access, session, wanted.text);
  else await appendNow(access, session, { lines: [wanted.text], sync: fsync === "always" });
  wanted.check();
}

interface Session {
  readonly sessionId: string;
  readonly cwd: string;
  readonly needsRow: boolean;
}

/** The text of a line, or what makes it; a line that can't be made is left out, and fails nobody else's. */
function wantedLine(line: JsonObject | MakeLine): { readonly text: MakeText | string; check: () => void } {
  if (typeof line !== "function") return { text: textOf(line), check: () => undefined };
  let failure: { readonly error: unknown } | undefined;
  const text: MakeText = (last) => {
    try {
      return textOf(line(last));
    } catch (error) {
      failure = { error };
      return undefined;
    }
  };
  const check = () => {
    if (failure !== undefined) throw failure.error;
  };
  return { text, check };
}

/** The first line of a batch waits for others, and writes them all. */
function appendInBatch(access: StoreAccess, session: Session, text: MakeText | string): Promise<void> {
  const open = openBatches(access.host.fs);
  const isHeld = access.held !== undefined;
  const key = JSON.stringify([access.target.indexPath, session.sessionId, session.needsRow, isHeld]);
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
  { sessionId, cwd, needsRow }: Session,
  { lines, sync }: { readonly lines: Batch["lines"]; readonly sync: boolean },
): Promise<void> {
  const { host, lockTimeoutMs } = access;
  requireWritableEra(access);
  const { path, place } = locateTranscript(access, sessionId);
  await waitForTranscript(host, path, lockTimeoutMs);
  await underLock(access, () => {
    const { name, hasRow } = locateTranscript(access, sessionId);
    if (needsRow && !hasRow) throw noRow(access, sessionId);
    requireUnlocked(host, path);
    const header = headerOf(host, { sessionId, cwd });
    appendLines(host, { realDir: place.realDir, name, header, lines, sync });
  });
}

function noRow({ target }: StoreAccess, sessionId: string): StoreError {
  return new StoreError(
    "E_NOT_FOUND",
    `No session of ${target.indexPath} has the id ${sessionId}. Nothing was changed.`,
    {
      hint: "A session that was reset has a new id.",
      details: { path: target.indexPath, sessionId },
    },
  );
}

function headerOf(
  { clock }: Pick<EngineHost, "clock">,
  { sessionId, cwd }: Omit<Session, "needsRow">,
): string {
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
