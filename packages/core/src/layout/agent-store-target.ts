import type { Host } from "../disk/host.ts";
import { placeOnlyTarget } from "./place-target.ts";
import type { SessionSettings } from "./session-settings.ts";
import type { StoreTarget } from "./store-target.ts";
import { indexPathOf } from "./store-template.ts";
import { storeTemplatesOf } from "./store-templates.ts";

/**
 * The store that an agent has, or would have: configured or not, there or not.
 * @param agentId a normalised id
 * @throws StoreError E_CONFIG if the settings don't tell where the stores are; E_REFUSED behind a link that can't be followed safely
 */
export function agentStoreTarget(
  host: Host,
  settings: SessionSettings,
  { stateDir, agentId }: { readonly stateDir: string; readonly agentId: string },
): StoreTarget {
  const { inForce } = storeTemplatesOf(host, settings, stateDir);
  const indexPath = indexPathOf(inForce, agentId);
  const { targets } = placeOnlyTarget(host.fs, {
    indexPath,
    agentId,
    origin: "configured",
    shared: inForce.shared,
  });
  const [target] = targets;
  if (target === undefined) throw new Error("a target that is meant alone is there or refused");
  return target;
}
