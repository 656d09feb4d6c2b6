import type { FileFact } from "../disk/read-fs.ts";
import { hasIdentity } from "../plan/file-identity.ts";
import type { PartContext } from "./part-context.ts";
import { stalePlan } from "./stale-plan.ts";

/** Tells whether what is at the path of the index is the index that the operation was planned for. */
export function isExpectedIndex({ indexBefore }: PartContext, fact: FileFact | undefined): boolean {
  if (indexBefore === null || fact === undefined) return indexBefore === null && fact === undefined;
  return hasIdentity(fact, indexBefore);
}

/** The index as it is there now. @throws StoreError E_STALE_PLAN if it is not the one that the operation was planned for */
export function requireExpectedIndex(context: PartContext): FileFact | undefined {
  const fact = context.host.fs.lstat(context.indexPath);
  if (!isExpectedIndex(context, fact)) throw stalePlan(context.indexPath);
  return fact;
}
