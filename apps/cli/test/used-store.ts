import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Host } from "@sessionsmith/core";
import { runCli } from "./fake-io.ts";
import type { RunResult, RunSetting } from "./fake-io.ts";
import { makeStateDir, storeNow, tickingHost } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";

const dayMs = 86_400_000;

/** A row that was last updated so many days ago. */
export function agedRow(n: number, ageDays: number, more: object = {}): object {
  return { sessionId: `s${n}`, updatedAt: storeNow - ageDays * dayMs, ...more };
}

/** The rows of the store: two leave, two stay. */
export const usedRows: Readonly<Record<string, object>> = {
  "agent:main:direct:new": agedRow(1, 1),
  "agent:main:direct:old": agedRow(2, 40, { label: "Ann", totalTokens: 7 }),
  "agent:main:telegram:group:3": agedRow(3, 50),
  "agent:main:direct:older": agedRow(4, 60),
};

/** A state directory that is made anew for every test of a file. */
export interface UsedStore {
  readonly state: () => StateDir;
  readonly host: () => Host;
  /** Absolute path of a name in the sessions directory of agent main. */
  readonly at: (name: string) => string;
  /** Session keys of the index of agent main. */
  readonly keys: () => readonly string[];
  /** Runs a command line on the state directory. */
  readonly run: (argv: readonly string[], setting?: RunSetting) => Promise<RunResult>;
  /** Runs a command line that must end well, and reads the document that it prints. */
  readonly json: (...argv: readonly string[]) => Promise<ReturnType<typeof JSON.parse>>;
}

/** Sets up a store of agent main in which two sessions are stale, one of them with a sidecar. */
export function useStore(): UsedStore {
  let state: StateDir;
  let host: Host;
  const at = (name: string): string => join(state.path, "agents/main/sessions", name);
  beforeEach(() => {
    state = makeStateDir();
    host = tickingHost(state);
    state.writeStore("main", usedRows);
    state.write("agents/main/sessions/s2.trajectory.jsonl", "{}\n");
    mkdirSync(join(state.path, "work"));
  });
  afterEach(() => state.dispose());
  const run = (argv: readonly string[], setting: RunSetting = {}): Promise<RunResult> =>
    runCli([...argv, "--state-dir", state.path], { host, ...setting });
  return {
    state: () => state,
    host: () => host,
    at,
    keys: () => Object.keys(JSON.parse(readFileSync(at("sessions.json"), "utf8"))),
    run,
    json: async (...argv) => {
      const { status, stdout, stderr } = await run([...argv, "--json"]);
      if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}
