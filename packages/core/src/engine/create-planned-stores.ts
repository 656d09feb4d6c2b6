import { dirname } from "node:path";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import { sealPlan } from "../plan/plan-digest.ts";
import { noInode, type Plan, type PlanStore } from "../plan/plan.ts";
import { createStore } from "./create-store.ts";
import type { EngineHost } from "./engine-host.ts";
import { stalePlan } from "./stale-plan.ts";

/**
 * Makes the stores of a plan that were not there when it was made, empty, which is what the plan took them for.
 * @param made gets the paths of their indexes, also if this fails afterwards
 * @returns the plan for the stores that were made; the same if there was nothing to make
 * @throws StoreError E_STALE_PLAN if one is there by now, or is not as the plan has it: they are left as they are; E_REFUSED, E_IO
 */
export function createPlannedStores(host: EngineHost, plan: Plan, made: string[]): Plan {
  if (!plan.parts.some(isMissing)) return plan;
  const parts = plan.parts.map((part) => {
    if (!isMissing(part)) return part;
    const { store } = part;
    return { ...part, store: createPlanned(host, store, () => made.push(store.indexPath)) };
  });
  return sealPlan({ ...plan, parts });
}

/** One of no size stands for an index that is missing beside transcripts: that is damage, and no store to be made. */
function isMissing({ store }: { readonly store: PlanStore }): boolean {
  return store.index.ino === noInode && store.index.size > 0;
}

function createPlanned(host: EngineHost, store: PlanStore, onMade: () => void): PlanStore {
  const { fs } = host;
  const { indexPath, realDir } = store;
  if (fs.lstat(indexPath) !== undefined) throw stalePlan(indexPath);
  createStore(host, indexPath, onMade);
  const index = fs.withFile(indexPath, (file) => ({
    sha256: sha256OfFile(file),
    ...fileIdentity(file.fact),
  }));
  const isAsPlanned = index?.sha256 === store.index.sha256 && fs.realpath(dirname(indexPath)) === realDir;
  if (index === undefined || !isAsPlanned) throw stalePlan(indexPath);
  return { ...store, index };
}
