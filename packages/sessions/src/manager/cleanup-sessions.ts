import { kindOfKey, parseDuration, parseSessionKey, StoreError } from "@sessionsmith/core";
import { findRow, type ManagerCore, viewOf } from "./manager-core.ts";
import { isManagersRow } from "./manager-extension.ts";
import type { Session } from "./session-view.ts";

/** Which sessions go. */
export interface CleanupOrder {
  /** A duration with its unit, like `30d` or `12h`: sessions whose last activity is longer ago. */
  readonly olderThan: string;
  /** False takes the checkpoints of the removed sessions away as well. Default true. */
  readonly keepCheckpoints?: boolean;
}

/** What went. */
export interface CleanupOutcome {
  /** The sessions that were removed. */
  readonly removed: readonly { readonly id: string; readonly key: string }[];
  /** How many sessions of this manager stay. */
  readonly kept: number;
  readonly checkpointsRemoved: number;
  /** For `sessionsmith undo`; undefined if nothing was removed. */
  readonly operationId: string | undefined;
}

/**
 * Removes sessions without activity, as one operation; see `SessionManager.cleanup`. The main session of an agent stays, and so
 * does every session that no manager made.
 */
export async function cleanupSessions(core: ManagerCore, order: CleanupOrder): Promise<CleanupOutcome> {
  const { olderThan, keepCheckpoints = true } = order;
  const duration = parseDuration(olderThan);
  if (!duration.ok) throw new StoreError("E_USAGE", `olderThan: ${duration.problem}.`);
  const sessions = await managedSessions(core);
  const before = core.host.clock.now() - duration.ms;
  const old = sessions.filter(
    ({ key, lastActivityAt }) => lastActivityAt < before && kindOfKey(parseSessionKey(key)) !== "main",
  );
  const removed = old.map(({ id, key }) => ({ id, key }));
  const kept = sessions.length - old.length;
  if (removed.length === 0) return { removed, kept, checkpointsRemoved: 0, operationId: undefined };
  const storage = await core.storage();
  const keys = new Set(removed.map(({ key }) => key));
  const checkpoints = keepCheckpoints ? [] : await storage.listCheckpoints();
  const checkpointIds = checkpoints.filter(({ key }) => keys.has(key)).map(({ id }) => id);
  const { operationId } = await storage.remove({
    sessions: removed.map(({ id, key }) => ({ key, sessionId: id })),
    checkpointIds,
  });
  for (const { id } of removed) {
    core.tallies.delete(id);
    core.keys.delete(id);
  }
  return { removed, kept, checkpointsRemoved: checkpointIds.length, operationId };
}

async function managedSessions(core: ManagerCore): Promise<readonly Session[]> {
  const { store } = await core.storage();
  const keys = [...(await store.load())].filter(([, entry]) => isManagersRow(entry)).map(([key]) => key);
  const rows = await Promise.all(keys.map(async (key) => findRow(core, key)));
  return Promise.all(rows.filter((row) => row !== undefined).map(async (row) => viewOf(core, row)));
}
