import { randomUUID } from "node:crypto";
import { homedir } from "node:os";
import type { Host } from "./host.ts";
import { nodeProcessTable } from "./node-process-table.ts";
import { nodeReadFs } from "./node-read-fs.ts";

/**
 * The machine that this process runs on.
 * `homeDir` and `cwd` are asked for when they are read, because either may not exist: then reading it throws.
 */
export function nodeHost(): Host {
  return {
    fs: nodeReadFs,
    clock: { now: () => Date.now() },
    ids: { uuid: () => randomUUID() },
    env: process.env,
    processes: nodeProcessTable(),
    get homeDir() {
      return homedir();
    },
    get cwd() {
      return process.cwd();
    },
  };
}
