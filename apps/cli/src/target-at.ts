import { dirname } from "node:path";
import { resolveStoreTargets } from "@sessionsmith/core";
import type { PlanStore, StoreTarget } from "@sessionsmith/core";
import type { State } from "./choose-stores.ts";

/** The store that a plan speaks of, as a target: one of the state directory's, or else one that is named by its path. */
export function targetAt({ host, settings, stateDir }: State, store: PlanStore): StoreTarget {
  const { agentId, indexPath } = store;
  const { targets } = resolveStoreTargets(host, settings, { stateDir, allAgents: true, discovered: true });
  const known = targets.find((target) => target.indexPath === indexPath);
  return (
    known ?? { agentId, indexPath, sessionsDir: dirname(indexPath), origin: "store-flag", shared: false }
  );
}
