import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach } from "vitest";
import type { Host } from "../../src/disk/host.ts";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { ProcessTable } from "../../src/disk/process-table.ts";
import type { ReadFs } from "../../src/disk/read-fs.ts";
import type { StoreTarget } from "../../src/layout/store-target.ts";
import { scanStore } from "../../src/snapshot/scan-store.ts";
import type { StoreSnapshot } from "../../src/snapshot/store-snapshot.ts";

/** The time that every test of a snapshot runs at. */
export const nowMs = Date.UTC(2026, 10, 20, 12);

/** A sessions directory in a temporary directory of its own, made anew for every test of the file. */
export interface StoreDir {
  /** Absolute path of a name in the sessions directory. */
  at(name: string): string;
  /** Absolute path of a name in the directory above, which stands for the rest of the machine. */
  outside(name: string): string;
  /** Writes the index from rows by key. */
  index(rows: Record<string, unknown>): void;
  /** Writes files; a transcript's content does not matter unless given. */
  files(...names: string[]): void;
  write(name: string, content: string, ageMs?: number): void;
  target(changes?: Partial<StoreTarget>): StoreTarget;
  scan(host?: Partial<Host>): StoreSnapshot;
}

/** Sets up a sessions directory for the tests of a file. */
export function useStoreDir(): StoreDir {
  let temp: TempDir;
  const outside = (name: string) => join(temp.path, name);
  const at = (name: string) => join(temp.path, "sessions", name);
  const write = (name: string, content: string, ageMs = 60 * 60_000) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    const seconds = (nowMs - ageMs) / 1000;
    utimesSync(at(name), seconds, seconds);
  };
  const target = (changes: Partial<StoreTarget> = {}): StoreTarget => ({
    indexPath: at("sessions.json"),
    sessionsDir: at("."),
    agentId: "main",
    origin: "store-flag",
    shared: false,
    ...changes,
  });
  beforeEach(() => {
    temp = makeTempDir();
    mkdirSync(at("."));
  });
  afterEach(() => temp.dispose());
  return {
    at,
    outside,
    write,
    target,
    index: (rows) => write("sessions.json", JSON.stringify(rows, null, 2)),
    files: (...names) => {
      for (const name of names) write(name, "{}\n");
    },
    scan: (host) => scanStore(testHost(host), target(), { nowMs }),
  };
}

/** A host with a clock that stands still and no processes. */
export function testHost(changes: Partial<Host> = {}): Host {
  return {
    fs: nodeReadFs,
    clock: { now: () => nowMs },
    ids: { uuid: () => "00000000-0000-4000-8000-000000000000" },
    env: {},
    processes: processTable({}),
    homeDir: "/home/nobody",
    cwd: "/",
    ...changes,
  };
}

/** A process table with the given processes; every other one is dead. */
export function processTable(
  processes: Record<number, { state: "alive" | "unknown"; startTicks?: number }>,
): ProcessTable {
  return {
    pid: 1,
    state: (pid) => processes[pid]?.state ?? "dead",
    startTicks: (pid) => processes[pid]?.startTicks,
    bootId: undefined,
    hostName: "test",
  };
}

/** The disk, but every call of `method` on `path` fails with `errno`. */
export function failingFs(
  method: "lstat" | "stat" | "withFile" | "readdir" | "realpath",
  path: string,
  errno: string,
): ReadFs {
  const original: (path: string, ...rest: never[]) => unknown = nodeReadFs[method];
  const failing = (called: string, ...rest: never[]) => {
    if (called === path) throw Object.assign(new Error(`${errno}: injected`), { code: errno });
    return original(called, ...rest);
  };
  return { ...nodeReadFs, [method]: failing };
}
