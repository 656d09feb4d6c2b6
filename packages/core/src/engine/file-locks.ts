import lockfile from "proper-lockfile";
import type { Host } from "../disk/host.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import {
  claimPath,
  type LockFiles,
  lockFiles,
  putClaim,
  reapLock,
  removeFile,
  sweepLockFiles,
} from "./lock-files.ts";
import { describeOwner, type LockOwner, readOwner } from "./lock-owner.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import type { HeldLock, StoreLocks } from "./store-lock.ts";

/** A lock that nobody has touched for this long is taken over even if nothing is known of its holder. */
const staleMs = 60_000;
const pollMs = 25;

/** What locks need of the machine. */
export interface LockHost extends Host {
  readonly fs: WriteFs;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Locks on this machine's disk: a directory in `.sessionsmith`, and beside it a record of who holds it. */
export function fileLocks(host: LockHost): StoreLocks {
  return {
    acquire: async (realDir, timeoutMs) => {
      const files = lockFiles(realDir);
      const dir = host.fs.lstat(realDir);
      if (dir !== undefined) makeOwnDir(host.fs, files.dir, dir);
      const deadline = host.clock.now() + timeoutMs;
      for (;;) {
        const lock = tryLock(host, realDir, files);
        if (lock === "reaped") continue;
        if (lock !== undefined) return lock;
        if (host.clock.now() >= deadline) throw lockedBy(realDir, readOwner(host.fs, files.owner));
        // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
        await host.sleep(pollMs);
      }
    },
  };
}

/** Tries once, and clears the lock of a dead holder away if that is what stands in the way. */
function tryLock(host: LockHost, realDir: string, files: LockFiles): HeldLock | "reaped" | undefined {
  const { fs } = host;
  const self = describeOwner(host);
  let isLost = false;
  putClaim(fs, files, self);
  try {
    const unlock = lockDirectory(realDir, files.lock, () => {
      isLost = true;
    });
    if (unlock === undefined) return reapLock(host, files, self) ? "reaped" : undefined;
    try {
      if (fs.lstat(claimPath(files, self)) !== undefined) fs.rename(claimPath(files, self), files.owner);
      sweepLockFiles(host, files);
    } catch (error) {
      throw cleanUpAfter(error, unlock);
    }
    return heldLock({ fs, realDir, files, self, unlock, isLost: () => isLost });
  } finally {
    removeFile(fs, claimPath(files, self));
  }
}

interface Holding {
  readonly fs: WriteFs;
  readonly realDir: string;
  readonly files: LockFiles;
  readonly self: LockOwner;
  readonly unlock: () => void;
  /** True if proper-lockfile has seen that somebody took the lock away. */
  readonly isLost: () => boolean;
}

function heldLock({ fs, realDir, files, self, unlock, isLost }: Holding): HeldLock {
  let isTaken = false;
  const assertHeld = () => {
    if (isTaken || isLost()) throw lockLost(realDir);
  };
  return {
    assertHeld,
    confirmHeld: () => {
      if (readOwner(fs, files.owner)?.id !== self.id) isTaken = true;
      assertHeld();
    },
    release: () => {
      const present = readOwner(fs, files.owner);
      // What another process holds by now is not ours to take away.
      if (isLost() || (present !== undefined && present.id !== self.id)) return;
      if (present !== undefined) fs.rename(files.owner, claimPath(files, self));
      unlock();
      removeFile(fs, claimPath(files, self));
    },
  };
}

function lockDirectory(
  realDir: string,
  lockfilePath: string,
  onCompromised: () => void,
): (() => void) | undefined {
  try {
    return lockfile.lockSync(realDir, { lockfilePath, stale: staleMs, realpath: false, onCompromised });
  } catch (error) {
    if (errnoOf(error) === "ELOCKED") return undefined;
    throw error;
  }
}

function lockedBy(realDir: string, owner: LockOwner | undefined): StoreError {
  const who =
    owner === undefined
      ? "another process"
      : `process ${owner.pid} on ${owner.hostName} since ${new Date(owner.since).toISOString()}`;
  return new StoreError("E_LOCKED", `${realDir} is locked by ${who}. Nothing was changed.`, {
    hint: "Wait until it has finished, and try again.",
    details: { path: realDir, pid: owner?.pid ?? null },
  });
}

function lockLost(realDir: string): StoreError {
  return new StoreError("E_LOCK_LOST", `The lock on ${realDir} was taken away by another process.`, {
    hint: "See `sessionsmith operations`; an interrupted operation is finished or taken back by `sessionsmith recover`.",
    details: { path: realDir },
  });
}
