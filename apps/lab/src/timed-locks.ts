import { performance } from "node:perf_hooks";
import type { EngineHost, StoreLocks } from "@sessionsmith/core/engine";

/** A host whose locks are timed. */
export interface TimedHost {
  readonly host: EngineHost;
  /** Milliseconds for which the last lock was held, its release included. */
  readonly lastHeldMs: () => number;
}

/** Measures how long the locks of a host are held: that is how long others have to wait. */
export function timedLocks(inner: EngineHost): TimedHost {
  let heldMs = Number.NaN;
  const locks: StoreLocks = {
    acquire: async (realDir, timeoutMs) => {
      const lock = await inner.locks.acquire(realDir, timeoutMs);
      const start = performance.now();
      return {
        ...lock,
        release: () => {
          lock.release();
          heldMs = performance.now() - start;
        },
      };
    },
  };
  return { host: { ...inner, locks }, lastHeldMs: () => heldMs };
}
