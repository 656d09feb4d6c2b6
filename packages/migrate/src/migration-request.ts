import type { NaiveZone, StoreTarget } from "@sessionsmith/core";
import type { LegacyDetection } from "./legacy-source.ts";
import type { BackupKind } from "./plan/backup-steps.ts";

/** What is to be migrated, and where to. */
export interface MigrationRequest {
  readonly detection: LegacyDetection;
  /** The agent of sessions that name none. */
  readonly agentId: string;
  /** The store of an agent; it need not be there yet. */
  readonly storeOf: (agentId: string) => StoreTarget;
  /** `session.mainKey` of the settings. */
  readonly mainKey?: string | undefined;
  /** The zone of times without one. Default `UTC`, which openclaw-python means. */
  readonly naiveZone?: NaiveZone;
  /** How the originals are copied. Default `archive`. */
  readonly backup?: BackupKind;
  /** Takes the originals away when everything is done: they are moved to where they would be copied. */
  readonly move?: boolean;
  /** Epoch ms of the real clock; not part of what the plan does. */
  readonly createdAt: number;
  /** Is told how many sessions were read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}
