import { join } from "node:path";
import type { EngineHost } from "../engine/engine-host.ts";
import type { HeldLock } from "../engine/store-lock.ts";
import { agentNameOfSessionsDir } from "../layout/agent-sessions-dir.ts";
import { normalizeAgentId } from "../keys/agent-id.ts";
import { defaultIndexName } from "../layout/classify-file-name.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import { flagPath } from "../layout/home-path.ts";
import { placeOnlyTarget } from "../layout/place-target.ts";
import { readEra } from "../layout/read-era.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import { StoreError } from "../store-error.ts";
import { defaultLockTimeoutMs, hostOf, type StoreOptions } from "./store-options.ts";

/** A store that was named, and the machine that it is on. */
export interface StoreAccess {
  readonly host: EngineHost;
  readonly target: StoreTarget;
  readonly lockTimeoutMs: number;
  /** The lock of the store, if it is ours already. */
  readonly held?: readonly HeldLock[];
}

/**
 * Finds out which index a path means: a file, or the `sessions.json` of a directory. Nothing need be there; what is not there
 * counts as an index if its name ends with `.json`. A leading `~` is the home directory.
 * @throws StoreError E_USAGE for a blank path or a bad timeout; E_REFUSED for a link that can't be followed safely; E_IO
 */
export function accessStore(path: string, options: StoreOptions): StoreAccess {
  const host = hostOf(options);
  const { lockTimeoutMs = defaultLockTimeoutMs } = options;
  if (!(lockTimeoutMs >= 0)) throw new StoreError("E_USAGE", "lockTimeoutMs has to be zero or more.");
  const named = flagPath(host, "The store", path);
  const kind = lookOrFail("E_IO", named, () => host.fs.stat(named))?.kind;
  const isDirectory = kind === "directory" || (kind === undefined && !named.endsWith(".json"));
  const { targets } = placeOnlyTarget(host.fs, {
    indexPath: isDirectory ? join(named, defaultIndexName) : named,
    agentId: "main",
    origin: "store-flag",
    shared: false,
  });
  const [target] = targets;
  if (target === undefined) throw new Error("a store that was placed is not there");
  const agent = agentNameOfSessionsDir(target.sessionsDir);
  const agentId = agent === undefined ? target.agentId : normalizeAgentId(agent);
  return { host, target: { ...target, agentId }, lockTimeoutMs };
}

/**
 * Sees to it that a store is one that may be written.
 * @throws StoreError E_SQLITE_ERA if its sessions live in OpenClaw's database, or may do so
 */
export function requireWritableEra({ host, target }: StoreAccess): void {
  const { era, why } = readEra(host.fs, target);
  if (era === "json" || era === "empty") return;
  throw new StoreError("E_SQLITE_ERA", `${target.indexPath} is not written. ${why} Nothing was changed.`, {
    hint: "Manage these sessions with the OpenClaw release that keeps them in its database.",
    details: { path: target.indexPath, era },
  });
}
