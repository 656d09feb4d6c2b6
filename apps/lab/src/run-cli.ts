import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cliBin } from "./cli-bin.ts";

const killer = fileURLToPath(new URL("../dist/kill-at-call.js", import.meta.url));

/** How a run of the built command ended. */
export interface CliRun {
  readonly killed: boolean;
  /** The exit status; 0 if it was killed. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command, and kills it before its `killAt`-th call that changes the disk; undefined: lets it finish. */
export function runCli(args: readonly string[], stateDir: string, killAt?: number): Promise<CliRun> {
  const preload = killAt === undefined ? [] : ["--import", killer];
  const env = { OPENCLAW_STATE_DIR: stateDir, HOME: stateDir, LAB_KILL_AT: String(killAt ?? 0) };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...preload, cliBin, ...args], { env }, (_, stdout, stderr) => {
      const killed = child.signalCode === "SIGKILL";
      resolve({ killed, status: child.exitCode ?? 0, stdout, stderr });
    });
  });
}
