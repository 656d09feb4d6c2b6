import { basename, join } from "node:path";
import { isUntouched } from "../disk/is-untouched.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { corruptIndexError } from "../session-index/corrupt-index-error.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import { type IndexRead, readIndex } from "../session-index/read-index.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { spliceIndex } from "../session-index/splice-index.ts";
import { StoreError } from "../store-error.ts";
import { avoidCacheTwin } from "./avoid-cache-twin.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import type { EngineHost } from "./engine-host.ts";
import { waitForForeignWriter } from "./foreign-writer.ts";
import { operationError, systemCallError } from "./operation-error.ts";
import { stageFile } from "./stage-file.ts";
import { stalePlan } from "./stale-plan.ts";
import type { HeldLock } from "./store-lock.ts";
import { sweepIndexTemps } from "./sweep-index-temps.ts";
import { withSoundStores } from "./with-sound-stores.ts";

/** A change of one index that is no listed operation: atomic and crash-safe, but not journaled and not undoable. */
export interface IndexCommit {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Absolute path of the index. */
  readonly indexPath: string;
  /** Makes the edits for the index as it is; called again if another program wrote it meanwhile. None: nothing is written. */
  readonly edit: (document: IndexDocument) => readonly SpliceEdit[];
  readonly lockTimeoutMs: number;
  /** The lock of the directory, if the caller holds it already; it stays held. */
  readonly held?: readonly HeldLock[] | undefined;
}

const mostTries = 5;

/**
 * Reads an index, edits it and switches the new one in by compare-and-swap, under the lock. A crash may leave a temporary
 * file beside the index, which the next commit or operation sweeps once it is five minutes old.
 * @returns the number of tries that it took
 * @throws StoreError E_STALE_PLAN if another program wrote it during each of 5 tries; E_CORRUPT_INDEX, E_NOT_FOUND, E_LOCKED, E_IO
 */
export async function commitIndex(host: EngineHost, commit: IndexCommit): Promise<number> {
  try {
    return await commitUnderLock(host, commit);
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

async function commitUnderLock(host: EngineHost, commit: IndexCommit): Promise<number> {
  const { realDir, indexPath, lockTimeoutMs, held } = commit;
  // Read before the lock, so that others wait for the writing only; read again if that has grown old.
  let reading = readNow(host, indexPath);
  const tryUntilDone = async (locks: readonly HeldLock[]) => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      const { temps } = await waitForForeignWriter(host, realDir, indexPath);
      for (const lock of locks) lock.confirmHeld();
      sweepIndexTemps(host.fs, realDir, temps);
      if (!isPresent(host, indexPath, reading)) reading = readNow(host, indexPath);
      if (tryCommit(host, commit, reading)) return tries;
    }
    throw stalePlan(indexPath);
  };
  if (held !== undefined) return tryUntilDone(held);
  return withSoundStores(host, { dirs: [realDir], timeoutMs: lockTimeoutMs }, tryUntilDone);
}

function tryCommit(
  host: EngineHost,
  { realDir, indexPath, edit }: IndexCommit,
  { document, fingerprint }: Readable,
): boolean {
  const { fs } = host;
  const before = fs.lstat(indexPath);
  if (before === undefined || !isUntouched(before, fingerprint)) return false;
  const edits = edit(document);
  if (edits.length === 0) return true;
  const temp = join(realDir, `${basename(indexPath)}.${host.processes.pid}.${host.ids.uuid()}.tmp`);
  stageFile(fs, {
    path: temp,
    content: (take) => {
      for (const slice of spliceIndex(document.bytes, edits)) take(slice);
    },
    mode: before.mode,
    owner: before,
  });
  try {
    avoidCacheTwin(fs, temp, before);
    const present = fs.lstat(indexPath);
    if (present === undefined || !isUntouched(present, fingerprint)) {
      fs.unlink(temp);
      return false;
    }
    fs.rename(temp, indexPath);
  } catch (error) {
    throw cleanUpAfter(error, () => fs.unlink(temp));
  }
  syncSwitched(fs, realDir);
  return true;
}

function syncSwitched(fs: WriteFs, realDir: string): void {
  try {
    fs.syncDir(realDir);
  } catch (error) {
    throw systemCallError(error, "The new index is in place, but a power failure may take it back.");
  }
}

type Readable = Extract<IndexRead, { readonly state: "readable" }>;

function readNow({ fs }: EngineHost, indexPath: string): Readable {
  const read = readIndex(fs, indexPath);
  if (read.state === "readable") return read;
  if (read.state === "unreadable") throw corruptIndexError(indexPath, read.failure);
  throw new StoreError("E_NOT_FOUND", `There is no index at ${indexPath}. Nothing was changed.`, {
    details: { path: indexPath },
  });
}

function isPresent({ fs }: EngineHost, indexPath: string, { fingerprint }: Readable): boolean {
  const present = fs.lstat(indexPath);
  return present !== undefined && isUntouched(present, fingerprint);
}
