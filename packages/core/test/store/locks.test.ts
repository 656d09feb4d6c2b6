import { memoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { StoreLocks } from "../../src/engine.ts";
import {
  openSessionStore,
  type SessionStore,
  updateSessionStore,
  withSessionStoreLock,
} from "../../src/store.ts";
import { StoreError } from "../../src/store-error.ts";
import { indexPath, memoryStore } from "./memory-store.ts";

/** Locks that another process holds. */
function heldByOther(): StoreLocks & { readonly waited: number[] } {
  const waited: number[] = [];
  return {
    waited,
    acquire: async (realDir, timeoutMs) => {
      waited.push(timeoutMs);
      throw new StoreError("E_LOCKED", `${realDir} is locked by process 77`);
    },
  };
}

describe("the lock of a store", () => {
  test("is waited for 10 s unless told otherwise, and the error names the holder", async () => {
    const locks = heldByOther();
    const { host } = memoryStore({ "sessions.json": "{}" }, { locks });
    const change = (options: object) =>
      updateSessionStore(indexPath, (sessions) => sessions.set("a", {}), { host, ...options });
    await expect(change({})).rejects.toThrow("process 77");
    await expect(change({ lockTimeoutMs: 5 })).rejects.toMatchObject({ code: "E_LOCKED" });
    expect(locks.waited).toEqual([10_000, 5]);
  });

  test("is waited for within a process as well, and given up after the same time", async () => {
    const { host } = memoryStore({ "sessions.json": "{}" });
    let inner: unknown;
    await withSessionStoreLock(
      indexPath,
      async () => {
        inner = await updateSessionStore(indexPath, () => 1, { host }).catch((error: unknown) => error);
      },
      { host },
    );
    expect(inner).toMatchObject({ code: "E_LOCKED", details: { pid: 1 } });
    await expect(updateSessionStore(indexPath, () => 1, { host })).resolves.toBe(1);
  });

  test("is let go when the work fails", async () => {
    const { host } = memoryStore({ "sessions.json": "{}" });
    const own = new Error("own");
    await expect(withSessionStoreLock(indexPath, () => Promise.reject(own), { host })).rejects.toBe(own);
    await expect(updateSessionStore(indexPath, () => 1, { host })).resolves.toBe(1);
  });

  test("is taken once for all that its store does, whose use ends with it", async () => {
    let taken = 0;
    const free = memoryStore({}, {}, memoryFs()).host.locks;
    const locks: StoreLocks = { acquire: (...request) => ((taken += 1), free.acquire(...request)) };
    const { host } = memoryStore({ "sessions.json": "{}" }, { locks });
    let leaked: SessionStore | undefined;
    const store = await openSessionStore(indexPath, { host });
    await store.withLock(async (locked) => {
      leaked = locked;
      await locked.update((sessions) => sessions.set("a", { sessionId: "s" }));
      await locked.append("s", { type: "message" });
      await locked.withLock(async (same) => same.update((sessions) => sessions.delete("a")));
    });
    expect(taken).toBe(1);
    await expect(leaked?.load()).rejects.toThrow("closed");
  });
});

/** Others go on meanwhile, and no time passes. */
const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));

test("updates of one process come in the order in which they were asked for", async () => {
  const { host } = memoryStore({ "sessions.json": '{"a":{}}' }, { sleep });
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => updateSessionStore(indexPath, () => void order.push(n), { host })),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
});
