import type { Host } from "../disk/host.ts";
import { finding } from "../findings/finding.ts";
import { agentTarget } from "./agent-target.ts";
import { discoverStores } from "./discover-stores.ts";
import { namedStoreTarget } from "./named-store-target.ts";
import {
  mergeTargets,
  type NamedTarget,
  placeOnlyTarget,
  placeTarget,
  type StoreTargets,
} from "./place-target.ts";
import type { SessionSettings } from "./session-settings.ts";
import { requireOneSelection, type StoreSelection } from "./store-selection.ts";
import { indexPathOf, type StoreTemplate } from "./store-template.ts";
import { storeTemplatesOf } from "./store-templates.ts";

/**
 * Finds the stores that the selection flags mean; reads no index. Nothing selected means the default agent.
 *
 * - `store`: that index, or the `sessions.json` of that directory. An index need not exist.
 * - `agent`: a configured agent, or one that is only on the disk (finding `agent-not-configured`).
 * - `allAgents`: every configured agent, its store present or not. A shared index is one target.
 * - `discovered`: also every other store under `<state>/agents/` or the root of a templated `session.store`;
 *   what is left out is a finding `store-skipped`.
 *
 * Throws a StoreError: E_USAGE for flags that exclude each other, E_NOT_FOUND for an unknown agent (with those that are known)
 * or a directory without an index, E_CONFIG if the settings don't tell where the stores are, E_IO if a named path can't be looked
 * at, E_REFUSED if the only store that is meant is behind a link that can't be followed safely (among several it is a finding).
 */
export function resolveStoreTargets(
  host: Host,
  settings: SessionSettings,
  selection: StoreSelection,
): StoreTargets {
  requireOneSelection(selection);
  if (selection.store !== undefined) return namedStoreTarget(host, settings, selection.store);
  const { inForce, onDisk } = storeTemplatesOf(host, settings, selection.stateDir);
  const configured = configuredTargets(settings, inForce);
  if (selection.agent !== undefined) return agentTarget(host, selection.agent, { configured, onDisk });
  const { allAgents = false, discovered = false } = selection;
  const ofDefaultAgent = configured.filter(({ agentId }) => agentId === settings.defaultAgentId);
  if (!allAgents && !discovered)
    return mergeTargets(ofDefaultAgent.map((named) => placeOnlyTarget(host.fs, named)));
  const meant = allAgents && !inForce.shared ? configured : ofDefaultAgent;
  return mergeTargets([
    ...meant.map((named) => placeTarget(host.fs, named)),
    ...(discovered ? onDisk.map((template) => discoveredTargets(host, template, configured)) : []),
  ]);
}

/** One target an agent, also where they share an index; the default agent is always among them. */
function configuredTargets(settings: SessionSettings, template: StoreTemplate): readonly NamedTarget[] {
  const ids = new Set([...settings.agents.map(({ id }) => id), settings.defaultAgentId]);
  return [...ids].map((agentId) => ({
    indexPath: indexPathOf(template, agentId),
    agentId,
    origin: "configured",
    shared: template.shared,
  }));
}

/** Stores on the disk that are no configured agent's. */
function discoveredTargets(
  host: Host,
  template: StoreTemplate,
  configured: readonly NamedTarget[],
): StoreTargets {
  const taken = new Set(configured.map(({ indexPath }) => indexPath));
  const others = discoverStores(host.fs, template).filter(({ indexPath }) => !taken.has(indexPath));
  return mergeTargets(
    others.map((store) => {
      const { indexPath } = store;
      if (store.ok) {
        return placeTarget(host.fs, {
          indexPath,
          agentId: store.agentId,
          origin: "discovered",
          shared: false,
        });
      }
      const { reason, errno } = store;
      const details = errno === undefined ? { reason } : { reason, errno };
      return { targets: [], findings: [finding("store-skipped", { path: indexPath }, details)] };
    }),
  );
}
