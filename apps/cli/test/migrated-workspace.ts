import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "@sessionsmith/core";
import { fixturesDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach } from "vitest";
import { runCli } from "./fake-io.ts";
import type { RunResult } from "./fake-io.ts";
import { makeStateDir, tickingHost } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";

/** A workspace of openclaw-python beside an empty state directory, made anew for every test of a file. */
export interface MigratedWorkspace {
  readonly state: () => StateDir;
  /** Absolute path of the workspace, or of a name in it. */
  readonly at: (name?: string) => string;
  readonly write: (name: string, text: string) => void;
  /** Runs `migrate` on the state directory. */
  readonly migrate: (...words: readonly string[]) => Promise<RunResult>;
  /** Runs any command on the state directory. */
  readonly run: (argv: readonly string[]) => Promise<RunResult>;
}

/** Sets up a copy of a recorded workspace. */
export function useWorkspace(name: string): MigratedWorkspace {
  let state: StateDir;
  let host: Host;
  const at = (file = ""): string => join(state.path, "work", "space", file);
  beforeEach(() => {
    state = makeStateDir();
    host = tickingHost(state);
    cpSync(join(fixturesDir, "legacy", name, "before"), at(), { recursive: true });
  });
  afterEach(() => state.dispose());
  const run = (argv: readonly string[]): Promise<RunResult> =>
    runCli([...argv, "--state-dir", state.path], { host });
  return {
    state: () => state,
    at,
    write: (file, text) => {
      mkdirSync(dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    },
    run,
    migrate: (...words) => run(["migrate", ...words]),
  };
}
