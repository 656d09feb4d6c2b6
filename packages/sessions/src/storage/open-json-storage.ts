import { openStorePlace, type Recipes } from "@sessionsmith/core";
import { type EngineHost, recoverStore } from "@sessionsmith/core/engine";
import { openSessionStore, type SessionStorage, type StorageOutcome } from "@sessionsmith/core/store";
import { applyChange, type ChangeOptions } from "../change/apply-change.ts";
import { scanForChange } from "../change/scan-for-change.ts";
import type { SessionsChange } from "../change/sessions-change.ts";
import { readCheckpoints } from "./checkpoint-file.ts";
import { restoreChange, restoreRecipes } from "./restore-checkpoint.ts";
import { saveCheckpointChange } from "./save-checkpoint.ts";
import { clearChange, deleteCheckpointChange, removeChange, resetChange } from "./session-changes.ts";
import { readManagerSettings, writeSettingsChange } from "./settings-file.ts";
import type { StorageLook } from "./storage-look.ts";
import { storageScope } from "./storage-scope.ts";

/** How a store in files is opened for a session manager. */
export interface JsonStorageOptions {
  readonly host: EngineHost;
  /** The index, or the directory that holds `sessions.json`. */
  readonly storePath: string;
  /** Makes the store if it is not there. */
  readonly create: boolean;
  /** How long to wait for locks, in ms. Default 10,000. */
  readonly lockTimeoutMs?: number;
  /** How changes are carried out, or only planned. */
  readonly changes?: Pick<ChangeOptions, "dryRun" | "guard" | "signal">;
}

/** How long opening waits for another process that has the lock, while an interrupted operation is to be finished. */
const defaultLockTimeoutMs = 10_000;

/**
 * Opens a store in files for a session manager; what a crash interrupted is finished or taken back first. Each change is one operation that `sessionsmith undo` takes back.
 * @throws StoreError as `openSessionStore` of core does; E_CONFIG if the settings beside it can't be read
 */
export async function openJsonStorage(options: JsonStorageOptions): Promise<SessionStorage> {
  const { host, storePath, create, lockTimeoutMs, changes = {} } = options;
  const timeout = lockTimeoutMs === undefined ? {} : { lockTimeoutMs };
  const store = await openSessionStore(storePath, { host, create, ...timeout });
  const scope = storageScope(host, store.path);
  const look = (): StorageLook => {
    const now = host.clock.now();
    return { host, snapshot: scanForChange(scope, now), now };
  };
  const { realDir } = openStorePlace(host.fs, scope.target);
  if (changes.dryRun !== true)
    await recoverStore(host, realDir, { lockTimeoutMs: lockTimeoutMs ?? defaultLockTimeoutMs });
  const apply = async <T>(
    plan: (seen: StorageLook) => { readonly change: SessionsChange; readonly about: T },
    recipes: Recipes = new Map(),
  ): Promise<StorageOutcome & { readonly about: T }> => {
    const settle = () => {
      const seen = look();
      return { snapshot: seen.snapshot, ...plan(seen) };
    };
    const { operationId, about } = await applyChange(scope, settle, { ...changes, ...timeout, recipes });
    return { operationId, about };
  };
  const change = async (
    plan: (seen: StorageLook) => SessionsChange,
    recipes?: Recipes,
  ): Promise<StorageOutcome> => {
    const { operationId } = await apply((seen) => ({ change: plan(seen), about: undefined }), recipes);
    return { operationId };
  };
  return {
    store,
    clear: async (order) => change((seen) => clearChange(seen, order)),
    reset: async (order) => change((seen) => resetChange(seen, order)),
    remove: async (removal) => change((seen) => removeChange(seen, removal)),
    saveCheckpoint: async (draft) => {
      const id = host.ids.uuid();
      const { about } = await apply((seen) => {
        const saved = saveCheckpointChange(seen, id, draft);
        return { change: saved.change, about: saved.checkpoint };
      });
      return about;
    },
    listCheckpoints: async () => readCheckpoints(host.fs, realDir).map(({ checkpoint }) => checkpoint),
    restoreCheckpoint: async (order) =>
      change((seen) => restoreChange(seen, order), restoreRecipes(order.rewrite)),
    deleteCheckpoint: async (id) => change((seen) => deleteCheckpointChange(seen, id)),
    readSettings: async () => readManagerSettings(host.fs, realDir),
    writeSettings: async (settings) => change((seen) => writeSettingsChange(seen, settings)),
    close: async () => store.close(),
  };
}
