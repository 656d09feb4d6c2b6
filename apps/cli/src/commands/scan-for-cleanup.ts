import { isStoreError, readEra, scanStore, StoreError } from "@sessionsmith/core";
import type { Host, StoreSnapshot, StoreTarget } from "@sessionsmith/core";
import type { ChosenStores } from "../choose-stores.ts";

/** What became of reading one store: its snapshot, that there is none yet, or the error that keeps it out. */
export type StoreScan =
  | { readonly target: StoreTarget; readonly state: "scanned"; readonly snapshot: StoreSnapshot }
  | { readonly target: StoreTarget; readonly state: "empty" }
  | { readonly target: StoreTarget; readonly state: "failed"; readonly error: StoreError };

/**
 * Reads the stores that cleanup is asked for. One that fails among several is kept as `failed`; alone it throws.
 * Under `--all-agents` a configured agent without a store has an empty one.
 * @throws StoreError as `scanStore` does, or E_SQLITE_ERA for a store that must not be changed because of a database
 */
export function scanForCleanup({ host, targets, now, allAgents }: ChosenStores): readonly StoreScan[] {
  return targets.map((target): StoreScan => {
    try {
      return { target, state: "scanned", snapshot: scanJsonStore(host, target, now) };
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const isEmpty = allAgents && error.code === "E_NOT_FOUND" && target.origin === "configured";
      if (isEmpty) return { target, state: "empty" };
      if (targets.length === 1) throw error;
      return { target, state: "failed", error };
    }
  });
}

function scanJsonStore(host: Host, target: StoreTarget, now: number): StoreSnapshot {
  const { era, why } = readEra(host.fs, target);
  if (era === "json" || era === "empty") return scanStore(host, target, { nowMs: now });
  throw new StoreError(
    "E_SQLITE_ERA",
    `Cleanup does not touch ${target.indexPath}: ${why} Nothing was changed.`,
    {
      hint: "OpenClaw keeps these sessions in its database; its own `openclaw sessions cleanup` looks after them.",
      details: { path: target.indexPath, era },
    },
  );
}
