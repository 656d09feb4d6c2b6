import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../disk/host.ts";
import { nodeWriteFs } from "../disk/node-write-fs.ts";
import type { EngineHost } from "./engine-host.ts";
import { fileLocks, type LockHost } from "./file-locks.ts";

/** Gives a host that reads this machine the right to change its disk as well. */
export function nodeEngineHost({ clock, ids, env, processes, homeDir, cwd }: Host): EngineHost {
  const host: LockHost & Omit<EngineHost, "locks"> = {
    fs: nodeWriteFs,
    clock,
    ids,
    env,
    processes,
    homeDir,
    cwd,
    // A timer of 0 ms waits for one; an operation of 10,000 steps would wait a hundred times.
    sleep: (ms: number, where?: "background") =>
      ms === 0 ? nextTurn() : sleep(ms, undefined, { ref: where !== "background" }),
  };
  return { ...host, locks: fileLocks(host) };
}
