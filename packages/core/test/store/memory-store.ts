import { type MemoryFs, memoryFs, type TreeSpec, writeTree, memoryHost } from "@sessionsmith/testkit";
import type { EngineHost } from "../../src/engine.ts";

/** The sessions directory of these tests. */
export const sessionsDir = "/home/user/.openclaw/agents/main/sessions";
/** Its index. */
export const indexPath = `${sessionsDir}/sessions.json`;

/** A store in memory, and a host whose clock moves only when told. */
export interface MemoryStore {
  readonly fs: MemoryFs;
  readonly host: EngineHost;
  readonly clock: { nowMs: number };
  /** Text of a file of the sessions directory. */
  readonly text: (name: string) => string | undefined;
  /** Writes files as another program does. */
  readonly put: (spec: TreeSpec) => void;
  /** Names in the sessions directory. */
  readonly names: () => readonly string[];
}

/** Makes a store with these files; no index unless one is given. */
export function memoryStore(
  files: TreeSpec,
  changes: Partial<EngineHost> = {},
  fs: MemoryFs = memoryFs(),
): MemoryStore {
  writeTree(fs, "/home/user", { ".openclaw/agents/main/sessions": { directory: true } });
  writeTree(fs, sessionsDir, files);
  const clock = { nowMs: Date.UTC(2026, 10, 20, 12) };
  const host: EngineHost = {
    ...memoryHost(fs),
    clock: { now: () => clock.nowMs },
    sleep: async (ms) => {
      clock.nowMs += ms;
    },
    ...changes,
  };
  return {
    fs,
    host,
    clock,
    text: (name) => textAt(fs, `${sessionsDir}/${name}`),
    put: (spec) => {
      const other = fs.otherProcess();
      for (const name of Object.keys(spec)) {
        if (other.lstat(`${sessionsDir}/${name}`) !== undefined) other.unlink(`${sessionsDir}/${name}`);
      }
      writeTree(fs, sessionsDir, spec);
    },
    names: () => fs.readdir(sessionsDir) ?? [],
  };
}

/** Text of a file; undefined if it is not there. */
export function textAt(fs: Pick<MemoryFs, "withFile">, path: string): string | undefined {
  return fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(file.fact.size);
    return buffer.toString("utf8", 0, file.read(buffer, 0));
  });
}

/** An index of rows, as OpenClaw writes it. */
export function indexOf(rows: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(rows, null, 2);
}
