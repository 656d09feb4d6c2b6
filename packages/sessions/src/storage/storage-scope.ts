import { basename, dirname } from "node:path";
import { readSettings, resolveConfigPath, resolveStoreTargets } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import type { StoreScope } from "../change/store-scope.ts";

/**
 * The store of an index, and what protects its files: where it lies in a state directory of OpenClaw, the other stores there.
 * @param indexPath absolute
 * @throws StoreError E_CONFIG, E_REFUSED, E_IO
 */
export function storageScope(host: EngineHost, indexPath: string): StoreScope {
  const stateDir = stateDirOf(dirname(indexPath));
  const settings = readSettings(host, resolveConfigPath(host, { path: stateDir, named: true }), stateDir);
  const [target] = resolveStoreTargets(host, settings, { stateDir, store: indexPath }).targets;
  if (target === undefined) throw new Error("a store that was opened is not there");
  return { host, settings, stateDir, target };
}

/** Of `<state>/agents/<agent>/sessions` the state directory; any other directory stands for itself. */
function stateDirOf(sessionsDir: string): string {
  const agents = dirname(dirname(sessionsDir));
  const isAgents = basename(sessionsDir) === "sessions" && basename(agents) === "agents";
  return isAgents ? dirname(agents) : sessionsDir;
}
