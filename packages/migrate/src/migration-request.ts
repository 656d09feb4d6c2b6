import { resolve } from "node:path";
import {
  agentStoreTarget,
  type Host,
  type NaiveZone,
  readSettings,
  resolveConfigPath,
  resolveStateDir,
  type StoreTarget,
} from "@sessionsmith/core";
import { detectLegacy } from "./detect-legacy.ts";
import type { LegacyDetection } from "./legacy-source.ts";
import type { BackupKind } from "./plan/backup-steps.ts";

/** What is to be migrated, and where to. */
export interface MigrationRequest {
  /** The workspace, or any other place that `detectLegacy` knows. A relative path starts from `host.cwd`. */
  readonly workspace: string;
  /** The agent of sessions that name none. Default `main`. */
  readonly agentId?: string;
  /** The store of an agent; it need not be there yet. Default: where OpenClaw's settings put it. */
  readonly storeOf?: (agentId: string) => StoreTarget;
  /** `session.mainKey` of the settings. */
  readonly mainKey?: string | undefined;
  /** The zone of times without one. Default `UTC`, which openclaw-python means. */
  readonly naiveZone?: NaiveZone;
  /** How the originals are copied. Default `archive`. */
  readonly backup?: BackupKind;
  /**
   * Moves the originals to where they would be copied, instead of copying them, when everything else is done. A file of which
   * something could not be migrated stays.
   */
  readonly move?: boolean;
  /** Is told how many sessions were read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A request with nothing left open. */
export interface MigrationOrder extends Required<
  Omit<MigrationRequest, "mainKey" | "onProgress" | "workspace">
> {
  readonly detection: LegacyDetection;
  readonly mainKey: string | undefined;
  readonly onProgress: MigrationRequest["onProgress"];
  /** Epoch ms of the real clock; not part of what the plan does. */
  readonly createdAt: number;
}

/**
 * Looks for the sessions that a request means, and fills in what it leaves open.
 * @throws StoreError E_NOT_FOUND if there is no such workspace; E_CONFIG if the settings are asked and can't be read
 */
export function migrationOrder(host: Host, request: MigrationRequest): MigrationOrder {
  const { agentId = "main", naiveZone = "UTC", backup = "archive", move = false } = request;
  const { mainKey, onProgress } = request;
  return {
    detection: detectLegacy(host.fs, resolve(host.cwd, request.workspace)),
    agentId,
    storeOf: request.storeOf ?? configuredStores(host),
    mainKey,
    naiveZone,
    backup: move ? "none" : backup,
    move,
    onProgress,
    createdAt: host.clock.now(),
  };
}

/** The stores that OpenClaw 2026.5.28 would use with the settings of the state directory. */
function configuredStores(host: Host): (agentId: string) => StoreTarget {
  const stateDir = resolveStateDir(host);
  const settings = readSettings(host, resolveConfigPath(host, stateDir));
  return (agentId) => agentStoreTarget(host, settings, { stateDir: stateDir.path, agentId });
}
