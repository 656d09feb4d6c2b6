import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import { isProvablyDead, type LockOwner, readOwner } from "./lock-owner.ts";
import { ownDirName } from "./operation-paths.ts";
import { writeFully } from "./write-fully.ts";

/**
 * The files around a lock, all in `.sessionsmith`. A process that tries to take the lock first leaves its record as a claim,
 * and the claim becomes the owner record when it has the lock; on release it becomes a claim again until the lock is free.
 * So whoever may hold the lock is named by the owner record, or by a claim, wherever that process was killed.
 */
export interface LockFiles {
  readonly dir: string;
  /** The lock itself: a directory. */
  readonly lock: string;
  readonly owner: string;
}

const claimPrefix = "lock.claim.";
const reapPrefix = "lock.reap.";
/** A record that is not whole after this long was cut by a crash. */
const oldMs = 60_000;

/** The files of the lock of the store in `realDir`. */
export function lockFiles(realDir: string): LockFiles {
  const dir = join(realDir, ownDirName);
  return { dir, lock: join(dir, "lock"), owner: join(dir, "lock.owner") };
}

/** Where the claim of a process lies. */
export function claimPath(files: LockFiles, { id }: LockOwner): string {
  return join(files.dir, `${claimPrefix}${id}`);
}

/** Leaves a claim. On a full disk there is none: purging, which makes room again, writes nothing else. */
export function putClaim(fs: WriteFs, files: LockFiles, owner: LockOwner): void {
  const path = claimPath(files, owner);
  try {
    fs.createFile(path, 0o600, (file) => writeFully(file, Buffer.from(JSON.stringify(owner), "utf8")));
  } catch (error) {
    const errno = errnoOf(error);
    removeFile(fs, path);
    if (errno !== "ENOSPC" && errno !== "EDQUOT") throw error;
  }
}

/** Those who may hold the lock: its owner, or, while nobody has said that he is, everybody who claims it. */
export function possibleHolders(fs: WriteFs, files: LockFiles): readonly LockOwner[] {
  const owner = readOwner(fs, files.owner);
  return owner === undefined ? readAll(fs, files, claimPrefix) : [owner];
}

/**
 * Removes a lock whose possible holders are all dead. Only the process that leaves its mark may: it links its own claim to the
 * mark, so that a mark is whole from the start and a dead process' mark is known for one.
 * @returns true if the lock may be free now
 */
export function reapLock(
  host: Host & { readonly fs: WriteFs },
  files: LockFiles,
  reaper: LockOwner,
): boolean {
  const { fs } = host;
  const [holder, ...others] = possibleHolders(fs, files).filter(({ id }) => id !== reaper.id);
  if (holder === undefined || ![holder, ...others].every((one) => isProvablyDead(one, host))) return false;
  const mark = join(files.dir, `${reapPrefix}${holder.id}`);
  if (!putMark(host, claimPath(files, reaper), mark)) return false;
  const isStill = possibleHolders(fs, files).some(({ id }) => id === holder.id);
  if (isStill) {
    if (fs.lstat(files.owner) !== undefined) fs.rename(files.owner, claimPath(files, holder));
    if (fs.lstat(files.lock) !== undefined) fs.removeDir(files.lock);
    for (const dead of [holder, ...others]) removeFile(fs, claimPath(files, dead));
  }
  removeFile(fs, mark);
  return true;
}

function putMark(host: Host & { readonly fs: WriteFs }, claim: string, mark: string): boolean {
  try {
    host.fs.link(claim, mark);
    return true;
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
    const earlier = readOwner(host.fs, mark);
    if (earlier !== undefined && isProvablyDead(earlier, host)) removeFile(host.fs, mark);
    return false;
  }
}

/** Removes what dead processes left; only for the one that has the lock. */
export function sweepLockFiles(host: Host & { readonly fs: WriteFs }, { dir }: LockFiles): void {
  const { fs, clock } = host;
  for (const name of fs.readdir(dir) ?? []) {
    if (!name.startsWith(claimPrefix) && !name.startsWith(reapPrefix)) continue;
    const path = join(dir, name);
    const owner = readOwner(fs, path);
    const fact = fs.lstat(path);
    const isOld = fact !== undefined && clock.now() - Number(fact.mtimeNs / 1_000_000n) > oldMs;
    if (owner === undefined ? isOld : isProvablyDead(owner, host)) removeFile(fs, path);
  }
}

/** Takes a file away that another process may have taken away already. */
export function removeFile(fs: WriteFs, path: string): void {
  try {
    fs.unlink(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}

function readAll(fs: WriteFs, { dir }: LockFiles, prefix: string): readonly LockOwner[] {
  const names = (fs.readdir(dir) ?? []).filter((name) => name.startsWith(prefix));
  return names.map((name) => readOwner(fs, join(dir, name))).filter((owner) => owner !== undefined);
}
