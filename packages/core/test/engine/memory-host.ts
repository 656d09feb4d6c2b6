import type { WriteFs } from "@sessionsmith/core";
import type { EngineHost, StoreLocks } from "../../src/engine.ts";

/** Locks of a machine on which nobody else works. */
const freeLocks: StoreLocks = {
  acquire: () =>
    Promise.resolve({ assertHeld: () => undefined, confirmHeld: () => undefined, release: () => undefined }),
};

/** An engine's host over a given disk, with a clock that ticks at every look and ids that count. */
export function memoryHost(fs: WriteFs, firstId = 1): EngineHost {
  let now = Date.UTC(2026, 10, 20);
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
