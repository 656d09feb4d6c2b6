/** Locks whole stores against other processes of this product. A courtesy: every commit is compare-and-swap as well. */
export interface StoreLocks {
  /**
   * Waits until the store is ours.
   * @param realDir the sessions directory with links resolved
   * @throws StoreError E_LOCKED after `timeoutMs`, naming the holder
   */
  acquire(realDir: string, timeoutMs: number): Promise<HeldLock>;
}

/** A lock that is held until it is released. */
export interface HeldLock {
  /** A quick look. @throws StoreError E_LOCK_LOST if it is known that somebody took the lock away. */
  assertHeld(): void;
  /** Reads the owner record again. @throws StoreError E_LOCK_LOST if it is not ours any more. */
  confirmHeld(): void;
  release(): void;
}
