import type { WriteFs } from "@sessionsmith/core";
import type { EngineHost, StoreLocks } from "@sessionsmith/core/engine";

/** Locks of a machine on which nobody else works. */
const freeLocks: StoreLocks = {
  acquire: () =>
    Promise.resolve({ assertHeld: () => undefined, confirmHeld: () => undefined, release: () => undefined }),
};

/**
 * An engine's host over a given disk, with a clock that ticks at every look and ids that count.
 * @param firstId the number of the first id; another host on the same disk begins higher
 * @param startMs what the clock shows before the first look, epoch ms
 */
export function memoryHost(fs: WriteFs, firstId = 1, startMs = Date.UTC(2026, 10, 20)): EngineHost {
  let now = startMs;
  let id = firstId;
  return {
    fs,
    clock: { now: () => (now += 1) },
    ids: { uuid: () => `${(id++).toString(16).padStart(8, "0")}-0000-4000-8000-000000000000` },
    env: {},
    processes: { pid: 1, state: () => "dead", startTicks: () => undefined, bootId: "boot", hostName: "host" },
    homeDir: "/home/user",
    cwd: "/home/user",
    locks: freeLocks,
    sleep: () => Promise.resolve(),
  };
}
