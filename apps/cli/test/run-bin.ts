import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const clock = new URL("fixed-clock.mjs", import.meta.url).href;

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is different about one run. */
export interface BinSetting {
  /** Epoch ms at which the clock of the process starts. */
  readonly now: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command in a process of its own, with a clock and an environment of its own. */
export function runBin(argv: readonly string[], { now, env = {} }: BinSetting): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", clock, bin, ...argv], {
      env: { HOME: "/nonexistent", FIXED_NOW: String(now), ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
