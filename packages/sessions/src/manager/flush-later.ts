import { isStoreError } from "@sessionsmith/core";
import { flushRows } from "./flush-rows.ts";
import type { ManagerCore } from "./manager-core.ts";

const flushEveryMs = 1000;

/** Writes the rows of sessions that got messages, at most once a second. */
export interface Flusher {
  later(key: string): void;
  /** Writes what is waiting. @throws what the store throws; then it goes on waiting */
  now(): Promise<void>;
}

/** Begins with nothing to write. */
export function flushLater(core: ManagerCore): Flusher {
  const waiting = new Set<string>();
  let isTimed = false;
  let last: Promise<void> = Promise.resolve();
  const flush = async () => {
    const keys = [...waiting];
    waiting.clear();
    try {
      await flushRows(core, keys);
    } catch (error) {
      for (const key of keys) waiting.add(key);
      throw error;
    }
  };
  /** One after the other, so that who waits for this one has waited for those before. */
  const now = () => {
    const before = last;
    const mine = async () => {
      await Promise.allSettled([before]);
      await flush();
    };
    last = mine();
    return last;
  };
  const atTime = async () => {
    await core.host.sleep(flushEveryMs, "background");
    isTimed = false;
    try {
      await now();
    } catch (error) {
      // What is in the transcripts is safe, rows are counted again at any time, and `close` tries once more and says what is wrong.
      if (!isStoreError(error)) throw error;
    }
  };
  return {
    later: (key) => {
      waiting.add(key);
      if (isTimed) return;
      isTimed = true;
      void atTime();
    },
    now,
  };
}
