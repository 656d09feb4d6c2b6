import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { fileIdentity } from "./file-identity.ts";
import type { PlanStore } from "./plan.ts";

/** The store of a plan part, as a snapshot saw it. */
export function planStoreOf({ target, realDir, fingerprint }: StoreSnapshot): PlanStore {
  const { agentId, indexPath } = target;
  const index = { sha256: fingerprint.sha256, ...fileIdentity(fingerprint) };
  return { agentId, indexPath, realDir, index };
}
