import { sep } from "node:path";
import type { Host } from "../disk/host.ts";
import { finding } from "../findings/finding.ts";
import { isAgentId, normalizeAgentId } from "../keys/agent-id.ts";
import { StoreError } from "../store-error.ts";
import { discoverStores } from "./discover-stores.ts";
import { lookOrFail } from "./disk-error.ts";
import { type NamedTarget, placeOnlyTarget, type StoreTargets } from "./place-target.ts";
import { agentPlaceholder, indexPathOf, type StoreTemplate } from "./store-template.ts";

/** What is known of the agents when one is asked for. */
export interface KnownAgents {
  readonly configured: readonly NamedTarget[];
  readonly onDisk: readonly StoreTemplate[];
}

/**
 * The target of `--agent`: a configured agent, else one with a directory on the disk (finding `agent-not-configured`).
 * Of a shared index only the agent's own rows are meant.
 * Throws a StoreError: E_USAGE for text that is no agent id, E_NOT_FOUND with the known ids, E_REFUSED or E_IO.
 */
export function agentTarget(host: Host, name: string, known: KnownAgents): StoreTargets {
  if (!isAgentId(name.trim())) {
    throw new StoreError("E_USAGE", "--agent needs an agent id: letters, digits, _ and -, at most 64.", {
      hint: "A store in a directory of another name is reached with --store.",
    });
  }
  const agentId = normalizeAgentId(name);
  const configured = known.configured.find((target) => target.agentId === agentId);
  if (configured !== undefined) {
    return placeOnlyTarget(host.fs, configured.shared ? { ...configured, onlyAgentRows: true } : configured);
  }
  const template = known.onDisk.find((each) => isOnDisk(host, each, agentId));
  if (template === undefined) throw unknownAgent(host, agentId, known);
  const indexPath = indexPathOf(template, agentId);
  const placed = placeOnlyTarget(host.fs, { indexPath, agentId, origin: "discovered", shared: false });
  return {
    targets: placed.targets,
    findings: [finding("agent-not-configured", { path: indexPath }, { agentId }), ...placed.findings],
  };
}

/** An agent is on the disk if its own directory is (or its index, where agents have no directory of their own). */
function isOnDisk(host: Host, template: StoreTemplate, agentId: string): boolean {
  const components = template.path.split(sep);
  const at = components.findIndex((component) => component.includes(agentPlaceholder));
  const own = indexPathOf({ ...template, path: components.slice(0, at + 1).join(sep) }, agentId);
  const kind = lookOrFail("E_IO", own, () => host.fs.lstat(own))?.kind;
  return kind === "directory" || (kind === "file" && at === components.length - 1);
}

function unknownAgent(host: Host, agentId: string, { configured, onDisk }: KnownAgents): StoreError {
  const found = onDisk.flatMap((template) => discoverStores(host.fs, template));
  const ids = [...configured, ...found.filter((store) => store.ok)].map((store) => store.agentId);
  const known = [...new Set(ids)];
  return new StoreError("E_NOT_FOUND", `There is no agent "${agentId}". Known agents: ${known.join(", ")}.`, {
    hint: "Name one of these, or an index with --store.",
    details: { agentId, known },
  });
}
