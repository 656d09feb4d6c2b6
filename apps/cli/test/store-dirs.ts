import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import { makeTempDir } from "@sessionsmith/testkit";
import type { TempDir } from "@sessionsmith/testkit";

/** Epoch ms that the stores of these tests are judged by. */
export const storeNow = 1_795_167_991_614;

/** A state directory that a test made for itself. */
export interface StateDir extends TempDir {
  /** Writes a file of the state directory, as if at the present of these tests, with the directories on the way. */
  readonly write: (path: string, content: string) => void;
  /** Writes the index of an agent, and an empty transcript for every row, last written when the row was updated. */
  readonly writeStore: (agentId: string, rows: Readonly<Record<string, object>>) => void;
}

/** Makes an empty state directory. */
export function makeStateDir(): StateDir {
  const temp = makeTempDir();
  const write = (path: string, content: string): void => {
    const file = join(temp.path, path);
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(file, content, { mode: 0o600 });
    utimesSync(file, storeNow / 1000, storeNow / 1000);
  };
  return {
    ...temp,
    write,
    writeStore: (agentId, rows) => {
      write(`agents/${agentId}/sessions/sessions.json`, JSON.stringify(rows, null, 2));
      for (const row of Object.values(rows)) {
        if (!("sessionId" in row && "updatedAt" in row)) continue;
        const transcript = `agents/${agentId}/sessions/${String(row.sessionId)}.jsonl`;
        write(transcript, "");
        const writtenAtSeconds = Number(row.updatedAt) / 1000;
        utimesSync(join(temp.path, transcript), writtenAtSeconds, writtenAtSeconds);
      }
    },
  };
}

/** A bare host whose clock moves on by a second at every look, so that operations have an order. */
export function tickingHost(temp: TempDir): Host {
  let now = storeNow;
  return { ...bareHost(temp), clock: { now: () => (now += 1000) } };
}

/** The real machine, but the home directory is empty and nothing of the environment is seen. */
export function bareHost(temp: TempDir): Host {
  const host = nodeHost();
  return {
    fs: host.fs,
    ids: host.ids,
    processes: host.processes,
    clock: { now: () => storeNow },
    env: {},
    homeDir: temp.path,
    cwd: temp.path,
  };
}
