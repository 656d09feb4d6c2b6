import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cliBin } from "../cli-bin.ts";

const clock = fileURLToPath(new URL("../../dist/fixed-clock.js", import.meta.url));

/** How a run of the built command ended. */
export interface RunAt {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command on a state directory, at a moment (epoch ms). */
export function runAt(now: number, stateDir: string, args: readonly string[]): Promise<RunAt> {
  return runProgramAt([process.execPath, cliBin], { now, stateDir, args });
}

/** Runs a script with a Node on a state directory, with the clock standing still. */
export function runProgramAt(
  [node, script]: readonly [string, string],
  {
    now,
    stateDir,
    args,
  }: { readonly now: number; readonly stateDir: string; readonly args: readonly string[] },
): Promise<RunAt> {
  // Port 9 (discard) answers nowhere, so no gateway is found on this machine.
  const env = {
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_GATEWAY_PORT: "9",
    HOME: stateDir,
    LAB_NOW: String(now),
  };
  return new Promise((resolve) => {
    const child = execFile(node, ["--import", clock, script, ...args], { env }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, stdout, stderr });
    });
  });
}
