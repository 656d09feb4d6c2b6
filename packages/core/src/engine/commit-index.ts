import { basename, join } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
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
import { recoverStore } from "./recover.ts";
import { stageFile } from "./stage-file.ts";
import { stalePlan } from "./stale-plan.ts";
import { withLocks } from "./with-locks.ts";

/** A change of one index that is no listed operation: atomic and crash-safe, but not journaled and not undoable. */
export interface IndexCommit {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Absolute path of the index. */
  readonly indexPath: string;
  /** Makes the edits for the index as it is; called again if another program wrote it meanwhile. None: nothing is written. */
  readonly edit: (document: IndexDocument) => readonly SpliceEdit[];
  readonly lockTimeoutMs: number;
}

const mostTries = 5;

/**
 * Reads an index, edits it and switches the new one in by compare-and-swap, under the lock.
 * @returns the number of tries that it took
 * @throws StoreError E_STALE_PLAN if another program wrote it during each of 5 tries; E_CORRUPT_INDEX, E_NOT_FOUND, E_LOCKED
 */
export async function commitIndex(host: EngineHost, commit: IndexCommit): Promise<number> {
  const { realDir, indexPath, lockTimeoutMs } = commit;
  await recoverStore(host, realDir, { lockTimeoutMs });
  return withLocks(host, { dirs: [realDir], timeoutMs: lockTimeoutMs }, async (locks) => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      await waitForForeignWriter(host, realDir, indexPath);
      for (const lock of locks) lock.confirmHeld();
      if (tryCommit(host, commit)) return tries;
    }
    throw stalePlan(indexPath);
  });
}

function tryCommit(host: EngineHost, { realDir, indexPath, edit }: IndexCommit): boolean {
  const { fs } = host;
  const { document, fingerprint } = readable(readIndex(fs, indexPath), indexPath);
  const before = fs.lstat(indexPath);
  if (before === undefined || !isStill(before, fingerprint)) return false;
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
    if (present === undefined || !isStill(present, fingerprint)) {
      fs.unlink(temp);
      return false;
    }
    fs.rename(temp, indexPath);
  } catch (error) {
    throw cleanUpAfter(error, () => fs.unlink(temp));
  }
  fs.syncDir(realDir);
  return true;
}

type Readable = Extract<IndexRead, { readonly state: "readable" }>;

function readable(read: IndexRead, indexPath: string): Readable {
  if (read.state === "readable") return read;
  if (read.state === "unreadable") throw corruptIndexError(indexPath, read.failure);
  throw new StoreError("E_NOT_FOUND", `There is no index at ${indexPath}. Nothing was changed.`, {
    details: { path: indexPath },
  });
}

type Fingerprint = Pick<FileFact, "dev" | "ino" | "size" | "mtimeNs" | "ctimeNs">;

function isStill(a: Fingerprint, b: Fingerprint): boolean {
  return (
    a.dev === b.dev &&
    a.ino === b.ino &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
