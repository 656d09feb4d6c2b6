import type { EngineHost } from "./engine-host.ts";
import type { HeldLock } from "./store-lock.ts";

/** Which stores to lock, and how long to wait for each. */
export interface LockRequest {
  /** Sessions directories with links resolved. */
  readonly dirs: readonly string[];
  readonly timeoutMs: number;
}

/**
 * Works while the locks of all these stores are ours. They are taken in the order of their paths, so that two processes
 * never wait for each other.
 * @throws StoreError E_LOCKED
 */
export async function withLocks<T>(
  host: EngineHost,
  request: LockRequest,
  work: (locks: readonly HeldLock[]) => T | Promise<T>,
): Promise<T> {
  const locks: HeldLock[] = [];
  try {
    for (const dir of [...new Set(request.dirs)].toSorted()) {
      // oxlint-disable-next-line no-await-in-loop -- the order is what prevents a deadlock
      locks.push(await host.locks.acquire(dir, request.timeoutMs));
    }
    return await work(locks);
  } finally {
    for (const lock of locks.toReversed()) lock.release();
  }
}
