import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { normalizeAgentId } from "../keys/agent-id.ts";
import { StoreError } from "../store-error.ts";
import { agentNameOfSessionsDir } from "./agent-sessions-dir.ts";
import { defaultIndexName } from "./classify-file-name.ts";
import { lookOrFail } from "./disk-error.ts";
import { flagPath } from "./home-path.ts";
import { placeOnlyTarget, type StoreTargets } from "./place-target.ts";
import type { SessionSettings } from "./session-settings.ts";
import { storeTemplateOf } from "./store-template.ts";

/**
 * The target of `--store`. An index need not exist, a directory must hold a `sessions.json`.
 * Throws a StoreError: E_NOT_FOUND, E_REFUSED (a link that can't be followed safely), E_IO,
 * or E_USAGE for a blank path.
 */
export function namedStoreTarget(host: Host, settings: SessionSettings, store: string): StoreTargets {
  const named = indexOf(host, flagPath(host, "--store", store));
  const placed = placeOnlyTarget(host.fs, {
    indexPath: named,
    agentId: settings.defaultAgentId,
    origin: "store-flag",
    shared: isSharedIndex(host, settings, named),
  });
  const targets = placed.targets.map((target) => {
    const name = agentNameOfSessionsDir(target.sessionsDir);
    return name === undefined ? target : { ...target, agentId: normalizeAgentId(name) };
  });
  return { ...placed, targets };
}

function isSharedIndex(host: Host, { storeTemplate }: SessionSettings, path: string): boolean {
  if (storeTemplate === undefined) return false;
  const template = storeTemplateOf(host, storeTemplate);
  return template.shared && template.path === path;
}

function indexOf(host: Host, path: string): string {
  const { fs } = host;
  if (lookOrFail("E_IO", path, () => fs.stat(path))?.kind !== "directory") return path;
  const index = join(path, defaultIndexName);
  if (lookOrFail("E_IO", index, () => fs.lstat(index)) !== undefined) return index;
  throw new StoreError("E_NOT_FOUND", `The directory ${path} has no ${defaultIndexName}.`, {
    hint: "Name the index itself with --store, or one of OpenClaw's agents with --agent.",
    details: { path },
  });
}
