import type { Host } from "../disk/host.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import type { StoreLocks } from "./store-lock.ts";

/** What the engine needs of the machine: a disk that it may change, and locks. */
export interface EngineHost extends Host {
  readonly fs: WriteFs;
  readonly locks: StoreLocks;
  /**
   * Resolves after `ms` milliseconds; 0 only gives other work its turn. In the background it keeps no process alive that has nothing
   * else to do.
   */
  readonly sleep: (ms: number, where?: "background") => Promise<void>;
}
