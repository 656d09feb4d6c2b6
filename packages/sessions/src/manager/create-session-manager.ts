import {
  agentStoreTarget,
  type DmScope,
  isAgentId,
  nodeHost,
  normalizeAgentId,
  readSettings,
  resolveConfigPath,
  resolveStateDir,
  StoreError,
} from "@sessionsmith/core";
import { type EngineHost, nodeEngineHost } from "@sessionsmith/core/engine";
import type { AppendOptions, SessionStorage } from "@sessionsmith/core/store";
import type { CountTokens } from "../context/count-tokens.ts";
import type { Summarize } from "../context/summarized-context.ts";
import { createKeyring } from "../encryption/keyring.ts";
import { type ProtectionOptions, protectStorage } from "../protect/protect-storage.ts";
import { openJsonStorage } from "../storage/open-json-storage.ts";
import { addMessage } from "./add-message.ts";
import { deleteCheckpoint, listCheckpoints, restoreCheckpoint, saveCheckpoint } from "./checkpoints.ts";
import { cleanupSessions } from "./cleanup-sessions.ts";
import { contextHistory } from "./context-history.ts";
import { exportTrajectory } from "./export-trajectory.ts";
import { flushLater } from "./flush-later.ts";
import { makeGates } from "./gates.ts";
import { historyMethod } from "./history.ts";
import { clearHistory, exportSession, readMessages } from "./history-methods.ts";
import { listSessions } from "./list-sessions.ts";
import { findRow, keyOf, type ManagerCore, presentSettings, requireSession, viewOf } from "./manager-core.ts";
import { changedSettings, settingsOf } from "./manager-settings.ts";
import { getOrCreateSession, resetSession } from "./reset-methods.ts";
import type { SessionManager } from "./session-manager.ts";

/** How a session manager works. */
export interface SessionManagerOptions {
  /** Who shares a session. Default `per-channel-peer`. */
  readonly scope?: DmScope;
  /** A time of day at which sessions give way to new ones: an hour (0 to 23), or `H:MM`. Default: never. */
  readonly dailyResetHour?: number | string;
  /** Minutes without a message after which a session gives way to a new one. Default: never. */
  readonly idleResetMinutes?: number;
  /** IANA name of the time zone of `dailyResetHour`. Default: that of the system. */
  readonly timeZone?: string;
  /** Where sessions are kept: in files (the default), or in one database, which needs better-sqlite3. */
  readonly storage?: "json" | "sqlite";
  /** The file of the database; `storage: "sqlite"` needs it. */
  readonly dbPath?: string;
  /** The index of the store, or the directory that holds `sessions.json`. Default: the store of the agent, as OpenClaw has it. */
  readonly storePath?: string;
  /** Default `main`. */
  readonly agentId?: string;
  /** True: what is new is encrypted at rest (AES-256-GCM, a key for each session). Needs `encryptionKey`. Default false. */
  readonly encryptTranscripts?: boolean;
  /**
   * 64 hex digits or the base64 of 32 random bytes, or a passphrase of at least 12 characters. It also opens what is encrypted
   * already; without it, that is an error.
   */
  readonly encryptionKey?: string | undefined;
  /**
   * When a message is safe from a power failure. `batch` (the default): before `addMessage` resolves, but messages within 10 ms share
   * one sync. `always`: each has its own. `never`: when the system sees fit.
   */
  readonly fsync?: NonNullable<AppendOptions["fsync"]>;
  /** Counts the tokens of messages for `getContextHistory`. Default: an estimate. */
  readonly countTokens?: CountTokens;
  /** Makes summaries for the strategy `summarize`. */
  readonly summarize?: Summarize;
  /** Tells the time; default: the clock of the system. */
  readonly clock?: EngineHost["clock"];
  /** The machine to work on; this one unless a test brings its own. */
  readonly host?: EngineHost;
  /** How long to wait for locks, in ms. Default 10,000. */
  readonly lockTimeoutMs?: number;
}

/**
 * Makes a session manager. The store is opened, and made if need be, at the first call of a method.
 * @throws StoreError E_USAGE for an option that is not allowed; E_KEY for `encryptTranscripts` without a key, or a key that is too short
 */
export function createSessionManager(options: SessionManagerOptions = {}): SessionManager {
  const { agentId = "main", storage = "json", fsync = "batch" } = options;
  if (!isAgentId(agentId))
    throw new StoreError("E_USAGE", `${JSON.stringify(agentId)} is no id of an agent.`);
  requireStorage({ ...options, storage });
  const settings = settingsOf(options);
  const protection = protectionOf(options);
  const machine = options.host ?? nodeEngineHost(nodeHost());
  const host = options.clock === undefined ? machine : { ...machine, clock: options.clock };
  const state: { opening?: Promise<SessionStorage> | undefined; isClosed: boolean } = { isClosed: false };
  const open = async (): Promise<SessionStorage> => {
    if (state.isClosed) throw new Error("the session manager was closed");
    state.opening ??= openStorage(options, host, protection);
    try {
      return await state.opening;
    } catch (error) {
      // A store that could not be opened is tried again.
      state.opening = undefined;
      throw error;
    }
  };
  const core: ManagerCore = {
    host,
    agentId: normalizeAgentId(agentId),
    settings,
    inFiles: storage === "json",
    encrypts: protection.encrypts,
    gates: makeGates(),
    storage: open,
    tallies: new Map(),
    keys: new Map(),
    flushLater: (key) => flusher.later(key),
  };
  const flusher = flushLater(core);
  const { countTokens, summarize } = options;
  const defaults = {
    ...(countTokens === undefined ? {} : { countTokens }),
    ...(summarize === undefined ? {} : { summarize }),
  };
  return {
    getOrCreateSession: async (address) => getOrCreateSession(core, address),
    findSession: async (address) => {
      const row = await findRow(core, await keyOf(core, address));
      return row && viewOf(core, row);
    },
    getSession: async (sessionId) => viewOf(core, await requireSession(core, sessionId)),
    listSessions: async (address) => listSessions(core, address),
    addMessage: async (message) => addMessage(core, message, fsync),
    getHistory: historyMethod(async (sessionId, query) => readMessages(core, sessionId, query)),
    clearHistory: async (sessionId) => clearHistory(core, sessionId),
    reset: async (order) => resetSession(core, order),
    saveCheckpoint: async (order) => saveCheckpoint(core, order),
    listCheckpoints: async (sessionId) => listCheckpoints(core, sessionId),
    restoreCheckpoint: async (id) => restoreCheckpoint(core, id),
    deleteCheckpoint: async (id) => deleteCheckpoint(core, id),
    export: async (sessionId, query) => exportSession(core, sessionId, query),
    exportTrajectory: async (sessionId, query = {}) => exportTrajectory(core, sessionId, query),
    cleanup: async (order) => cleanupSessions(core, order),
    getContextHistory: async (query) => contextHistory(core, { ...defaults, ...query }),
    getSettings: async () => presentSettings(core),
    changeSettings: async (changes) => {
      const opened = await core.storage();
      await opened.writeSettings(changedSettings(await opened.readSettings(), changes, settings));
      return presentSettings(core);
    },
    close: async () => {
      if (state.isClosed) return;
      await core.gates.idle();
      await flusher.now();
      state.isClosed = true;
      const opened = await state.opening;
      await opened?.close();
    },
  };
}

/** @throws StoreError E_USAGE for a kind of store that is not known, or its place is missing or the other kind's */
function requireStorage({ storage, dbPath, storePath }: SessionManagerOptions): void {
  if (storage !== "json" && storage !== "sqlite")
    throw new StoreError("E_USAGE", `${JSON.stringify(storage)} is no kind of store.`, {
      hint: "Use json or sqlite.",
    });
  const isFit = storage === "json" ? dbPath === undefined : dbPath !== undefined && storePath === undefined;
  if (isFit) return;
  throw new StoreError("E_USAGE", "A store in files has a storePath, and one in a database a dbPath.");
}

/** @throws StoreError E_KEY */
function protectionOf({
  encryptTranscripts = false,
  encryptionKey,
}: SessionManagerOptions): ProtectionOptions {
  if (encryptionKey !== undefined)
    return { keyring: createKeyring(encryptionKey), encrypts: encryptTranscripts };
  if (!encryptTranscripts) return { encrypts: false };
  throw new StoreError("E_KEY", "encryptTranscripts needs an encryptionKey. Nothing was changed.", {
    hint: "Give the key, for example from an environment variable that is set.",
  });
}

async function openStorage(
  { storePath, dbPath, agentId = "main", lockTimeoutMs }: SessionManagerOptions,
  host: EngineHost,
  protection: ProtectionOptions,
): Promise<SessionStorage> {
  const timeout = lockTimeoutMs === undefined ? {} : { lockTimeoutMs };
  if (dbPath !== undefined) {
    const { openSqliteStorage } = await import("@sessionsmith/store-sqlite");
    return protectStorage(await openSqliteStorage({ dbPath, create: true, host, ...timeout }), protection);
  }
  const path = storePath ?? storeOfAgent(host, normalizeAgentId(agentId));
  return protectStorage(
    await openJsonStorage({ host, storePath: path, create: true, ...timeout }),
    protection,
  );
}

/** Where OpenClaw keeps, or would keep, the sessions of an agent. */
function storeOfAgent(host: EngineHost, agentId: string): string {
  const stateDir = resolveStateDir(host);
  const settings = readSettings(host, resolveConfigPath(host, stateDir), stateDir.path);
  return agentStoreTarget(host, settings, { stateDir: stateDir.path, agentId }).indexPath;
}
