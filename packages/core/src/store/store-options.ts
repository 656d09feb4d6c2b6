import { nodeHost } from "../disk/node-host.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import { nodeEngineHost } from "../engine/node-engine-host.ts";

/** What every function on a store takes. */
export interface StoreOptions {
  /** The machine to work on; this one unless a test brings its own. */
  readonly host?: EngineHost;
  /** How long to wait for the lock of the store, in ms. Default 10,000. */
  readonly lockTimeoutMs?: number;
}

/** How a store is opened. */
export interface OpenStoreOptions extends StoreOptions {
  /** True makes a store that is not there: the directory with mode 0700, and the index `{}` with mode 0600. Default false. */
  readonly create?: boolean;
}

/** The lock timeout unless the caller says otherwise. */
export const defaultLockTimeoutMs = 10_000;

/** The host that was given, or this machine. */
export function hostOf({ host }: StoreOptions): EngineHost {
  return host ?? nodeEngineHost(nodeHost());
}
