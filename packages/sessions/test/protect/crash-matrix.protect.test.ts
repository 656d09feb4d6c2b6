import {
  failAt,
  fromState,
  type MemoryFs,
  memoryFs,
  memoryHost,
  type MemoryFsState,
  writeTree,
} from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import type { JsonObject, SessionStorage } from "@sessionsmith/core/store";
import { recoverStore } from "@sessionsmith/core/engine";
import { crashStates } from "../../../core/test/engine/crash-matrix.ts";
import { protectStorage } from "../../src/protect/protect-storage.ts";
import { openJsonStorage } from "../../src/storage/open-json-storage.ts";
import { countedBytes, testKeyring } from "../encryption/test-keys.ts";

const dir = "/bot/sessions";
const key = "agent:main:main";
const keyring = testKeyring();
const say = (said: string): JsonObject => ({ type: "message", message: { role: "user", content: said } });
const keep = (entry: JsonObject): JsonObject => ({ ...entry });
const change = { key, sessionId: "s1", changeEntry: keep };

let processes = 0;

/** A process of its own that opens the store, after what was interrupted is finished or taken back. */
async function open(fs: MemoryFs): Promise<SessionStorage> {
  processes += 1;
  const host = memoryHost(fs, processes * 10_000);
  await recoverStore(host, dir, { lockTimeoutMs: 1000 });
  const storage = await openJsonStorage({ host, storePath: dir, create: false });
  return protectStorage(storage, { keyring, encrypts: true, random: countedBytes(processes) });
}

const said = (storage: SessionStorage, sessionId = "s1") =>
  storage.store.read(sessionId, (transcript) =>
    [...transcript.oldestFirst()].map(({ record }) => JSON.stringify(record)),
  );

async function start(...lines: readonly string[]): Promise<MemoryFsState> {
  const fs = memoryFs();
  writeTree(fs, dir, { "sessions.json": JSON.stringify({ [key]: { sessionId: "s1" } }) });
  const storage = await open(fs);
  // oxlint-disable-next-line no-await-in-loop -- one line after the other
  for (const line of lines) await storage.store.append("s1", say(line), { needsRow: true });
  await storage.close();
  return fs.state();
}

let count = 0;
afterAll(() => {
  process.stdout.write(`crashes of an encrypted storage: ${count}\n`);
});

/**
 * Stops the work at every moment, and opens the store again: it reads without an error, holds one of what is allowed, and goes on.
 */
async function everyCrash(
  state: MemoryFsState,
  work: (storage: SessionStorage) => Promise<unknown>,
  allowed: readonly (readonly string[])[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const crashed = await crashStates(state, async (fs) => work(await open(fs)));
  for (const one of crashed) {
    count += 1;
    const fs = fromState(one);
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    const storage = await open(fs);
    // oxlint-disable-next-line no-await-in-loop
    const lines = (await said(storage)) ?? [];
    const options = allowed.map((texts) => texts.map((text) => JSON.stringify(say(text))));
    expect(options).toContainEqual(lines);
    seen.add(String(lines.length));
    // oxlint-disable-next-line no-await-in-loop
    await storage.store.append("s1", say("later"), { needsRow: true });
    // oxlint-disable-next-line no-await-in-loop
    await storage.close();
    // oxlint-disable-next-line no-await-in-loop
    expect(await said(await open(fs))).toEqual([...lines, JSON.stringify(say("later"))]);
  }
  return seen;
}

const firstLines = async (storage: SessionStorage) => {
  await storage.store.append("s1", say("one"), { needsRow: true });
  await storage.store.append("s1", say("two"), { needsRow: true });
  await storage.close();
};

const furtherLines = async ({ store }: SessionStorage) => {
  await store.append("s1", say("two"), { needsRow: true, fsync: "never" });
  const batch = { needsRow: true, fsync: "batch" } as const;
  await Promise.all(["three", "four"].map((line) => store.append("s1", say(line), batch)));
  await store.update((sessions) => sessions.set("x", { sessionId: "x" }));
};

const clearing = async (storage: SessionStorage) => storage.clear(change);

const savingAndRestoring = async (storage: SessionStorage) => {
  const { id } = await storage.saveCheckpoint({ key, sessionId: "s1", note: {}, entry: {} });
  await storage.store.append("s1", say("two"), { needsRow: true });
  await storage.restoreCheckpoint({ ...change, checkpointId: id });
};

describe("killed at any moment, an encrypted session is whole, and goes on", () => {
  test("while its first lines are added", async () => {
    const seen = await everyCrash(await start(), firstLines, [[], ["one"], ["one", "two"]]);
    expect([...seen].toSorted()).toEqual(["0", "1", "2"]);
  });

  test("while further lines are added, by one sync or several", async () => {
    const lines = ["one", "two", "three", "four"];
    const allowed = [1, 2, 3, 4].map((length) => lines.slice(0, length));
    expect(await everyCrash(await start("one"), furtherLines, allowed)).toContain("4");
  });

  test("while it is cleared", async () => {
    expect(await everyCrash(await start("one", "two"), clearing, [["one", "two"], []])).toContain("0");
  });

  test("while a checkpoint is saved, and brought back", async () => {
    const seen = await everyCrash(await start("one"), savingAndRestoring, [["one"], ["one", "two"]]);
    expect(seen.size).toBe(2);
  });
});

test("whatever call fails while lines are added, what is there is read, and the session goes on", async () => {
  const state = await start("one");
  const calm = fromState(state);
  await furtherLines(await open(calm));
  const all = ["one", "two", "three", "four"];
  for (let n = 1; n <= calm.calls.length; n += 2) {
    const fs = fromState(state, { fault: failAt(n, "EIO") });
    // oxlint-disable-next-line no-await-in-loop -- one fault after the other
    const storage = await open(fs).catch(() => undefined);
    if (storage === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop
    await furtherLines(storage).catch(() => undefined);
    // oxlint-disable-next-line no-await-in-loop
    await storage.store.append("s1", say("later"), { needsRow: true });
    // oxlint-disable-next-line no-await-in-loop
    const lines = await said(storage);
    // oxlint-disable-next-line no-await-in-loop
    await storage.close();
    // oxlint-disable-next-line no-await-in-loop
    expect(await said(await open(fromState(fs.state())))).toEqual(lines);
    const texts = [...all, "later"].map((text) => JSON.stringify(say(text)));
    expect(lines).toEqual(texts.filter((text) => lines?.includes(text)));
    expect([lines?.at(0), lines?.at(-1)]).toEqual([texts[0], texts[4]]);
  }
});
