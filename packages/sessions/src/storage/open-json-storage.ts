import { join } from "node:path";
import {
  isJsonObject,
  type JsonObject,
  parseRow,
  readWholeFile,
  type Recipes,
  StoreError,
} from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import { openSessionStore, type SessionStorage, type StorageOutcome } from "@sessionsmith/core/store";
import { applyChange, type SettledChange } from "../change/apply-change.ts";
import { scanForChange } from "../change/scan-for-change.ts";
import type { SessionsChange } from "../change/sessions-change.ts";
import { readCheckpoints } from "./checkpoint-file.ts";
import {
  headerLine,
  requireCheckpoint,
  restoreChange,
  retiredCheckpoint,
  rewriteLines,
  rewriteRecipe,
  saveCheckpointChange,
  type StorageLook,
} from "./json-checkpoints.ts";
import { entryOf, sessionFacts, turnTo } from "./session-facts.ts";
import { readManagerSettings, writeSettingsChange } from "./settings-file.ts";
import { storageScope } from "./storage-scope.ts";
import { replaceTranscript, transcriptOf } from "./transcript-file.ts";

/** How a store in files is opened for a manager. */
export interface JsonStorageOptions {
  readonly host: EngineHost;
  /** The index, or the directory that holds `sessions.json`. */
  readonly storePath: string;
  /** Makes the store if it is not there. */
  readonly create: boolean;
  /** How long to wait for locks, in ms. */
  readonly lockTimeoutMs?: number;
}

/**
 * Opens a store in files for a session manager. Each change is one operation that `sessionsmith undo` takes back.
 * @throws StoreError as `openSessionStore` of core does; E_CONFIG
 */
export async function openJsonStorage(options: JsonStorageOptions): Promise<SessionStorage> {
  const { host, storePath, create, lockTimeoutMs } = options;
  const timeout = lockTimeoutMs === undefined ? {} : { lockTimeoutMs };
  const store = await openSessionStore(storePath, { host, create, ...timeout });
  const scope = storageScope(host, store.path);
  const look = (): StorageLook => {
    const now = host.clock.now();
    return { snapshot: scanForChange(scope, now), now };
  };
  const settle = <T>(
    order: (seen: StorageLook) => { readonly change: SessionsChange; readonly about: T },
  ) => {
    return (): SettledChange<T> => {
      const seen = look();
      return { snapshot: seen.snapshot, ...order(seen) };
    };
  };
  const apply = async (
    order: (seen: StorageLook) => SessionsChange,
    recipes: Recipes = new Map(),
  ): Promise<StorageOutcome> => {
    const settled = settle((seen) => ({ change: order(seen), about: undefined }));
    const { operationId } = await applyChange(scope, settled, { ...timeout, recipes });
    return { operationId };
  };
  const { realDir } = look().snapshot;
  return {
    store,
    clear: async ({ key, sessionId, changeEntry }) =>
      apply(({ snapshot, now }) => {
        const facts = sessionFacts(snapshot, { key, sessionId });
        const before = entryOf(snapshot, facts);
        const file = transcriptOf(snapshot, facts, sessionId);
        const reason = "clear";
        const content = { source: "inline", text: headerLine(sessionId, now, host.cwd) } as const;
        const writes =
          file.fact === undefined
            ? []
            : replaceTranscript({ fs: host.fs, atMs: now }, snapshot, { file, content, reason });
        const turn = turnTo(before, changeEntry(before), { reason });
        return { command: "clear", policy: { key, sessionId }, now, turns: new Map([[key, turn]]), writes };
      }),
    reset: async ({ key, sessionId, newSessionId, reason, changeEntry }) =>
      apply(({ snapshot, now }) => {
        const facts = sessionFacts(snapshot, { key, sessionId });
        transcriptOf(snapshot, facts, sessionId);
        const before = entryOf(snapshot, facts);
        const after = { ...changeEntry(before), sessionId: newSessionId };
        const turn = turnTo(before, after, { reason, transcriptsTo: "archive-reset", ends: true });
        return { command: "reset", policy: { key, reason }, now, turns: new Map([[key, turn]]) };
      }),
    remove: async ({ sessions, checkpointIds }) =>
      apply(({ snapshot, now }) => {
        const reason = "older-than";
        for (const session of sessions)
          transcriptOf(snapshot, sessionFacts(snapshot, session), session.sessionId);
        const turn = { action: "delete", reason, transcriptsTo: "trash", ends: true } as const;
        const turns = new Map(sessions.map(({ key }) => [key, turn] as const));
        const retired = checkpointIds.map((id) =>
          retiredCheckpoint(requireCheckpoint(host, snapshot, id), reason),
        );
        return {
          command: "cleanup",
          policy: { sessions: sessions.map(({ key }) => key) },
          now,
          turns,
          retired,
        };
      }),
    saveCheckpoint: async (draft) => {
      const id = host.ids.uuid();
      const settled = settle((seen) => {
        const { change, checkpoint } = saveCheckpointChange(scope, seen, { id, draft });
        return { change, about: checkpoint };
      });
      return (await applyChange(scope, settled, timeout)).about;
    },
    listCheckpoints: async () => readCheckpoints(host.fs, realDir).map(({ checkpoint }) => checkpoint),
    restoreCheckpoint: async (restore) => {
      const { rewrite } = restore;
      const recipes: Recipes =
        rewrite === undefined ? new Map() : new Map([[rewriteRecipe, rewriteLines(rewrite)]]);
      return apply((seen) => restoreChange(scope, seen, restore), recipes);
    },
    deleteCheckpoint: async (id) =>
      apply(({ snapshot, now }) => {
        const file = requireCheckpoint(host, snapshot, id);
        const retired = [retiredCheckpoint(file, "asked-for")];
        return { command: "checkpoint delete", policy: { checkpoint: id }, now, turns: new Map(), retired };
      }),
    readSettings: async () => readManagerSettings(host.fs, realDir),
    writeSettings: async (settings) =>
      apply(({ snapshot, now }) => writeSettingsChange(host.fs, { snapshot, now }, settings)),
    close: async () => store.close(),
  };
}
