import { describe, expect, test } from "vitest";
import {
  invalidateSessionStoreCache,
  loadSessionStore,
  sessionStoreCacheStats,
  updateSessionStore,
} from "../../src/store.ts";
import { indexOf, indexPath, memoryStore, sessionsDir } from "./memory-store.ts";

const key = "agent:main:main";
const mtimeNs = 1_790_000_000_000_000_000n;
const index = (label: string) => ({
  "sessions.json": { content: indexOf({ [key]: { sessionId: "s1", label } }), mtimeNs },
});

function cached(env: Record<string, string> = {}) {
  const store = memoryStore(index("aa"), { env });
  return {
    ...store,
    label: async () => (await loadSessionStore(indexPath, { host: store.host })).get(key)?.["label"],
    reads: () => store.fs.calls.filter(({ name, path }) => name === "open" && path === indexPath).length,
    stats: () => sessionStoreCacheStats({ host: store.host }),
    /** Writes in place, as a program does that opens the file. */
    rewrite: (text: string, timeNs: bigint) => {
      store.fs.otherProcess().appendFile(indexPath, (file) => {
        file.truncate(0);
        file.write(Buffer.from(text));
        file.setMtime(timeNs);
      });
    },
  };
}

describe("the cache of indexes", () => {
  test("answers again without reading, until 45 s have passed", async () => {
    const { label, reads, stats, clock } = cached();
    await label();
    const once = reads();
    clock.nowMs += 44_999;
    await label();
    expect([reads() - once, stats()]).toEqual([0, { hits: 1, misses: 1, invalidations: 0 }]);
    clock.nowMs += 1;
    await label();
    expect(reads()).toBeGreaterThan(once);
    expect(stats()).toMatchObject({ misses: 2, invalidations: 0 });
  });

  test("does not outlive a clock that goes backwards", async () => {
    const { label, stats, clock } = cached();
    await label();
    clock.nowMs -= 1;
    await label();
    expect(stats()).toMatchObject({ misses: 2 });
  });

  test.each([
    [
      "time",
      (store: ReturnType<typeof cached>) => store.rewrite(index("bb")["sessions.json"].content, mtimeNs + 1n),
    ],
    [
      "size",
      (store: ReturnType<typeof cached>) => store.rewrite(indexOf({ [key]: { label: "bb" } }), mtimeNs),
    ],
    ["inode", (store: ReturnType<typeof cached>) => store.put(index("bb"))],
  ])("sees a file of another %s", async (_what, change) => {
    const store = cached();
    await expect(store.label()).resolves.toBe("aa");
    change(store);
    await expect(store.label()).resolves.toBe("bb");
    expect(store.stats()).toMatchObject({ invalidations: 1 });
  });

  test("sees what was written through it", async () => {
    const { host, label } = cached();
    await label();
    await updateSessionStore(indexPath, (sessions) => sessions.set(key, { label: "bb" }), { host });
    await expect(label()).resolves.toBe("bb");
  });

  test("lives as long as OPENCLAW_SESSION_CACHE_TTL_MS says", async () => {
    const { label, stats, clock } = cached({ OPENCLAW_SESSION_CACHE_TTL_MS: " 1000 " });
    await label();
    clock.nowMs += 999;
    await label();
    clock.nowMs += 1;
    await label();
    expect(stats()).toMatchObject({ misses: 2 });
  });

  test("is off with 0", async () => {
    const { label, reads, stats } = cached({ OPENCLAW_SESSION_CACHE_TTL_MS: "0" });
    await label();
    const once = reads();
    await label();
    expect(reads()).toBe(2 * once);
    expect(stats()).toEqual({ hits: 0, misses: 0, invalidations: 0 });
  });

  test.each(["-1", "45s", "1e3", "", "null"])("keeps its 45 s for the odd value %j", async (value) => {
    const { label, stats, clock } = cached({ OPENCLAW_SESSION_CACHE_TTL_MS: value });
    await label();
    clock.nowMs += 44_999;
    await label();
    expect(stats()).toMatchObject({ misses: 1 });
  });

  test("takes no part in what a caller does to rows", async () => {
    const { host, label } = cached();
    const sessions = await loadSessionStore(indexPath, { host });
    const row = sessions.get(key);
    if (row !== undefined) row["label"] = "mine";
    sessions.set("new", {});
    await expect(label()).resolves.toBe("aa");
    expect((await loadSessionStore(indexPath, { host })).has("new")).toBe(false);
  });

  test("can be told to forget one store or all", async () => {
    const { host, label, stats } = cached();
    await label();
    invalidateSessionStoreCache("/elsewhere", { host });
    expect(stats()).toMatchObject({ invalidations: 0 });
    invalidateSessionStoreCache(sessionsDir, { host });
    await label();
    invalidateSessionStoreCache(undefined, { host });
    await label();
    expect(stats()).toMatchObject({ misses: 3, invalidations: 2 });
  });

  test("does not hide that the store is gone", async () => {
    const { fs, label } = cached();
    await label();
    fs.otherProcess().unlink(indexPath);
    await expect(label()).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});
