import type { WriteFs } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import { type MemoryFs, memoryFs, memoryHost, tree, writeTree } from "@sessionsmith/testkit";
import {
  createSessionManager,
  type SessionManagerOptions,
} from "../../src/manager/create-session-manager.ts";
import type { SessionManager } from "../../src/manager/session-manager.ts";

/** Where the store of these tests is. */
export const sessionsDir = "/home/user/.mybot/sessions";
/** A moment after everything that memory hosts date, epoch ms. */
export const start = Date.UTC(2026, 10, 20, 12);

/** A disk in memory, a clock that moves only when told, and managers over both. */
export interface ManagedStore {
  readonly fs: MemoryFs;
  readonly clock: { nowMs: number };
  readonly host: EngineHost;
  /** Another manager, as another process would have it. */
  readonly open: (options?: SessionManagerOptions) => SessionManager;
  /** Names and texts of what lies in the sessions directory, apart from what is ours. */
  readonly files: () => Readonly<Record<string, string>>;
  /** The rows of the index. */
  readonly rows: () => Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An empty disk. Sleeping lets the other work go on, and takes no time. */
export function managedStore(fs: MemoryFs = memoryFs()): ManagedStore {
  if (fs.lstat("/home/user") === undefined) writeTree(fs, "/home", { user: { directory: true } });
  const clock = { nowMs: start };
  const host = hostOver(fs, clock);
  return {
    fs,
    clock,
    host,
    open: (options = {}) =>
      createSessionManager({ host, storePath: sessionsDir, timeZone: "UTC", ...options }),
    files: () => visible(fs),
    rows: () => JSON.parse(visible(fs)["sessions.json"] ?? "{}"),
  };
}

/** A host whose clock is another's. */
export function hostOver(fs: WriteFs, clock: { nowMs: number }, firstId = 1): EngineHost {
  return {
    ...memoryHost(fs, firstId),
    clock: { now: () => clock.nowMs },
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

function visible(fs: MemoryFs): Readonly<Record<string, string>> {
  if (fs.lstat(sessionsDir) === undefined) return {};
  return Object.fromEntries(
    [...tree(fs, sessionsDir)]
      .filter(([path, { kind }]) => kind === "file" && !path.startsWith(".sessionsmith/"))
      .map(([path, { bytes }]) => [path, bytes?.toString("utf8") ?? ""]),
  );
}
