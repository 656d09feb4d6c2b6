import {
  nodeHost,
  readSettings,
  resolveConfigPath,
  resolveStateDir,
  resolveStoreTargets,
  type SessionSettings,
  type StoreTarget,
} from "@sessionsmith/core";
import { type EngineHost, nodeEngineHost } from "@sessionsmith/core/engine";
import type { ChangeOptions } from "../change/apply-change.ts";

/** The stores that methods work on, and the machine that they are on. */
export interface SessionStores {
  readonly host: EngineHost;
  /** Absolute path of the state directory. */
  readonly stateDir: string;
  /** The settings as they are now: read anew for every call. @throws StoreError as `readSettings` of core does */
  readonly settings: () => SessionSettings;
  /** The index of the only store that is meant; undefined for all of the state directory. */
  readonly store: string | undefined;
  /** How the methods change a store. */
  readonly changes: Pick<ChangeOptions, "dryRun" | "guard" | "lockTimeoutMs" | "sinks" | "whileRunning">;
}

/** How stores are found. */
export interface SessionStoresOptions {
  /** OpenClaw's state directory; default as OpenClaw finds it. */
  readonly stateDir?: string;
  /** OpenClaw's settings file; default as OpenClaw finds it. */
  readonly configPath?: string;
  /** Path of one index, or of the directory that holds `sessions.json`: no other store is touched. */
  readonly store?: string;
  /** How the methods change a store: who is told of sessions that ended, what is asked before the first write, or only planned. */
  readonly changes?: SessionStores["changes"];
  /** The machine to work on; this one unless a test brings its own. */
  readonly host?: EngineHost;
}

/**
 * Opens the stores of a state directory, or one store, for {@link createSessionMethods}. Reads the settings once, to see that they can
 * be read.
 * @throws StoreError E_CONFIG, E_IO
 */
export function openSessionStores(options: SessionStoresOptions = {}): SessionStores {
  const host = options.host ?? nodeEngineHost(nodeHost());
  const stateDir = resolveStateDir(host, options.stateDir);
  const settings = (): SessionSettings =>
    readSettings(host, resolveConfigPath(host, stateDir, options.configPath), stateDir.path);
  settings();
  return { host, stateDir: stateDir.path, settings, store: options.store, changes: options.changes ?? {} };
}

/** Every store that is meant: the one, or those of all configured agents and of those that are only on the disk. */
export function targetsOf(
  { host, stateDir, store }: SessionStores,
  settings: SessionSettings,
): readonly StoreTarget[] {
  const selection = store === undefined ? { allAgents: true, discovered: true } : { store };
  return resolveStoreTargets(host, settings, { stateDir, ...selection }).targets;
}

/** The store of an agent, configured or only on the disk. @throws StoreError E_NOT_FOUND for an agent that is neither */
export function targetOfAgent(
  stores: SessionStores,
  settings: SessionSettings,
  agentId: string,
): StoreTarget {
  const { host, stateDir, store } = stores;
  const selection = store === undefined ? { agent: agentId } : { store };
  const [target] = resolveStoreTargets(host, settings, { stateDir, ...selection }).targets;
  if (target === undefined) throw new Error("a selection of one store that found none");
  return target;
}
