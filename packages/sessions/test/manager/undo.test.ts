import { openStorePlace } from "@sessionsmith/core";
import { applyPlan, listOperations, planUndoOf } from "@sessionsmith/core/engine";
import { tree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import type { SessionManager } from "../../src/manager/session-manager.ts";
import { managedStore, sessionsDir } from "./managed-store.ts";

const ann = { userId: "ann", channelId: "c" };

const changes: readonly (readonly [
  string,
  (
    manager: SessionManager,
    ids: { readonly session: string; readonly checkpoint: string },
  ) => Promise<unknown>,
])[] = [
  ["clearHistory", (m, { session }) => m.clearHistory(session)],
  ["reset", (m) => m.reset(ann)],
  ["saveCheckpoint", (m, { session }) => m.saveCheckpoint({ sessionId: session, name: "two" })],
  ["restoreCheckpoint", (m, { checkpoint }) => m.restoreCheckpoint(checkpoint)],
  ["deleteCheckpoint", (m, { checkpoint }) => m.deleteCheckpoint(checkpoint)],
  ["cleanup", (m) => m.cleanup({ olderThan: "1h", keepCheckpoints: false })],
  ["changeSettings, again", (m) => m.changeSettings({ scope: "main" })],
];

const key = "0123456789abcdef".repeat(4);
const stores = [
  ["a plain store", {}],
  ["an encrypted store", { encryptTranscripts: true, encryptionKey: key }],
] as const;
const cases = stores.flatMap(([kind, options]) =>
  changes.map(([name, change]) => [kind, name, options, change] as const),
);

test.each(cases)(
  "in %s %s can be taken back, and the taking back too",
  async (_kind, _name, options, change) => {
    const { open: openWith, host, clock, fs } = managedStore();
    const open = () => openWith(options);
    const manager = open();
    await manager.changeSettings({ idleReset: 500 });
    const { id: session } = await manager.getOrCreateSession(ann);
    await manager.addMessage({ sessionId: session, role: "user", content: "one" });
    const { id: checkpoint } = await manager.saveCheckpoint({ sessionId: session, name: "first" });
    await manager.addMessage({ sessionId: session, role: "user", content: "two" });
    await manager.close();
    clock.nowMs += 2 * 3_600_000;

    /** All that is not a record of what was done. */
    const look = () =>
      [...tree(fs, sessionsDir)]
        .filter(
          ([path, { kind }]) => kind === "file" && !/^\.sessionsmith\/(operations|open|ledger)/.test(path),
        )
        .map(([path, { bytes }]) => [path, bytes?.toString("utf8")]);
    const undo = async () => {
      clock.nowMs += 60_000;
      const { realDir } = openStorePlace(fs, targetOf());
      const last = listOperations(fs, realDir).toSorted((one, other) => (one.id < other.id ? 1 : -1))[0];
      const planNow = () => planUndoOf(host, { realDir, operationId: last?.id ?? "" });
      expect(planNow().conflicts).toEqual([]);
      await applyPlan(host, planNow().plan, { replan: () => planNow().plan });
    };

    const before = look();
    const changing = open();
    await change(changing, { session, checkpoint });
    await changing.close();
    const after = look();
    expect(after).not.toEqual(before);
    await undo();
    expect(look()).toEqual(before);
    await undo();
    expect(look()).toEqual(after);
  },
);

function targetOf() {
  return {
    indexPath: `${sessionsDir}/sessions.json`,
    sessionsDir,
    agentId: "main",
    origin: "store-flag",
    shared: false,
  } as const;
}

test.each(stores)(
  "in %s a restore writes what its lines come to, and undo brings the others back",
  async (_kind, options) => {
    const { open: openWith, host, clock, fs, rows } = managedStore();
    const open = () => openWith(options);
    const manager = open();
    const { id: sessionId, key: sessionKey } = await manager.getOrCreateSession(ann);
    const add = async (content: string, inputTokens: number) =>
      manager.addMessage({ sessionId, role: "user", content, usage: { inputTokens, outputTokens: 1 } });
    await add("one", 5);
    const { id: checkpoint } = await manager.saveCheckpoint({ sessionId, name: "first" });
    await add("two", 7);
    // The row that tells of the second message is still to be written.
    await manager.restoreCheckpoint(checkpoint);
    const restored = rows()[sessionKey];
    expect(restored).toMatchObject({ inputTokens: 5, outputTokens: 1, totalTokens: 6 });
    await manager.close();
    expect(rows()[sessionKey]).toEqual(restored);

    clock.nowMs += 60_000;
    const { realDir } = openStorePlace(fs, targetOf());
    const last = listOperations(fs, realDir).toSorted((one, other) => (one.id < other.id ? 1 : -1))[0];
    const planNow = () => planUndoOf(host, { realDir, operationId: last?.id ?? "" });
    expect(planNow().conflicts).toEqual([]);
    await applyPlan(host, planNow().plan, { replan: () => planNow().plan });
    const again = open();
    expect((await again.getHistory(sessionId)).map(({ content }) => content)).toEqual(["one", "two"]);
    expect((await again.getSession(sessionId)).usage).toEqual({ inputTokens: 12, outputTokens: 2 });
    await again.addMessage({ sessionId, role: "user", content: "three" });
    await again.close();
  },
);
