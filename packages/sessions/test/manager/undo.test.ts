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

test.each(changes)("%s can be taken back, and the taking back too", async (_name, change) => {
  const { open, host, clock, fs } = managedStore();
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
    const planNow = () => planUndoOf(host, realDir, last?.id ?? "");
    expect(planNow().conflicts).toEqual([]);
    await applyPlan(host, planNow().plan, { replan: () => planNow().plan });
  };

  const before = look();
  await change(open(), { session, checkpoint });
  const after = look();
  expect(after).not.toEqual(before);
  await undo();
  expect(look()).toEqual(before);
  await undo();
  expect(look()).toEqual(after);
});

function targetOf() {
  return {
    indexPath: `${sessionsDir}/sessions.json`,
    sessionsDir,
    agentId: "main",
    origin: "store-flag",
    shared: false,
  } as const;
}
