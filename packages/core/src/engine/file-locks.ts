import { dirname, join } from "node:path";
import lockfile from "proper-lockfile";
import type { Host } from "../disk/host.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import { describeOwner, isProvablyDead, type LockOwner, readOwner } from "./lock-owner.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { ownDirName } from "./operation-paths.ts";
import type { HeldLock, StoreLocks } from "./store-lock.ts";
import { writeFully } from "./write-fully.ts";

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
      const paths = lockPaths(realDir);
      const dir = host.fs.lstat(realDir);
      if (dir !== undefined) makeOwnDir(host.fs, dirname(paths.lock), dir);
      const deadline = host.clock.now() + timeoutMs;
      for (;;) {
        const lock = tryLock(host, realDir, paths);
        if (lock !== undefined) return lock;
        const owner = readOwner(host.fs, paths.owner);
        if (owner !== undefined && isProvablyDead(owner, host) && reap(host, paths, owner)) continue;
        if (host.clock.now() >= deadline) throw lockedBy(realDir, owner);
        // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
        await host.sleep(pollMs);
      }
    },
  };
}

interface LockPaths {
  readonly lock: string;
  readonly owner: string;
  readonly reap: string;
}

function lockPaths(realDir: string): LockPaths {
  const dir = join(realDir, ownDirName);
  return { lock: join(dir, "lock"), owner: join(dir, "lock.owner"), reap: join(dir, "lock.reap.") };
}

function tryLock(host: LockHost, realDir: string, paths: LockPaths): HeldLock | undefined {
  let isLost = false;
  const onCompromised = () => {
    isLost = true;
  };
  const unlock = lockDirectory(realDir, paths.lock, onCompromised);
  if (unlock === undefined) return undefined;
  const owner = describeOwner(host);
  try {
    replaceOwner(host.fs, paths.owner, owner);
    sweepReapMarks(host.fs, paths);
  } catch (error) {
    throw cleanUpAfter(error, unlock);
  }
  const assertHeld = () => {
    if (isLost) throw lockLost(realDir);
  };
  return {
    assertHeld,
    confirmHeld: () => {
      if (readOwner(host.fs, paths.owner)?.id !== owner.id) isLost = true;
      assertHeld();
    },
    release: () => {
      const present = readOwner(host.fs, paths.owner);
      // What another process holds by now is not ours to take away.
      if (isLost || (present !== undefined && present.id !== owner.id)) return;
      if (host.fs.lstat(paths.owner) !== undefined) host.fs.unlink(paths.owner);
      unlock();
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

/** On a full disk the lock must do without its record: purging, which makes room again, writes nothing else. */
function replaceOwner(fs: WriteFs, path: string, owner: LockOwner): void {
  if (fs.lstat(path) !== undefined) fs.unlink(path);
  try {
    fs.createFile(path, 0o600, (file) => writeFully(file, Buffer.from(JSON.stringify(owner), "utf8")));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== "ENOSPC" && errno !== "EDQUOT") throw error;
  }
}

/**
 * Only the one process that creates the mark may remove a dead owner's lock; its record goes first, so that none is taken
 * for it. Returns false if that is another process: should it die over it, the lock must grow stale.
 */
function reap(host: LockHost, paths: LockPaths, owner: LockOwner): boolean {
  try {
    host.fs.createFile(`${paths.reap}${owner.id}`, 0o600, () => undefined);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  }
  if (readOwner(host.fs, paths.owner)?.id !== owner.id) return true;
  host.fs.unlink(paths.owner);
  host.fs.removeDir(paths.lock);
  return true;
}

function sweepReapMarks(fs: WriteFs, paths: LockPaths): void {
  const dir = dirname(paths.lock);
  for (const name of fs.readdir(dir) ?? [])
    if (join(dir, name).startsWith(paths.reap)) fs.unlink(join(dir, name));
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
