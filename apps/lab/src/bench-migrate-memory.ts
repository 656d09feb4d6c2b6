import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { messagesPerFile, writeLegacySessions } from "./legacy-sessions.ts";

const smallest = 1000;

/** The runs of one workspace, in their order: the preview changes nothing, and the second run finds everything there. */
const runs = [
  { name: "preview", options: ["--dry-run"] },
  { name: "migrate", options: [] },
  { name: "again", options: [] },
] as const;

/**
 * Measures the highest memory of the built command with 1,000 legacy sessions, with 10,000, and with `largest` if that is more:
 * it should hardly depend on how many there are.
 */
export function benchMigrateMemory(largest: number): Promise<string> {
  const counts = [smallest, 10_000, ...(largest > 10_000 ? [largest] : [])];
  const peaks = counts.map((count) => ({ count, peaks: peaksOf(count) }));
  const floor = peaks[0]?.peaks ?? [];
  const title = `highest memory of \`sessionsmith migrate\`, ${messagesPerFile} messages a session`;
  const head = ["sessions".padEnd(10), ...runs.map(({ name }) => name.padStart(18))].join("");
  const lines = peaks.map(({ count, peaks: own }) => {
    const cells = own.map(
      (mib, n) => `${mib.toFixed(0)} MiB ${(mib / (floor[n] ?? Number.NaN)).toFixed(2)} x`,
    );
    return [String(count).padEnd(10), ...cells.map((cell) => cell.padStart(18))].join("");
  });
  return Promise.resolve([title, head, ...lines].join("\n"));
}

/** MiB of each run. */
function peaksOf(count: number): readonly number[] {
  const temp = makeTempDir();
  try {
    const workspace = join(temp.path, "space");
    const stateDir = join(temp.path, "state");
    mkdirSync(stateDir);
    writeLegacySessions(workspace, count);
    return runs.map(({ options }) => peakMib(["migrate", workspace, ...options], stateDir));
  } finally {
    temp.dispose();
  }
}

/** Makes a process say, as the last line of its standard error, how many KiB it had in memory at most. */
const tellPeak = `data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))`;

function peakMib(args: readonly string[], stateDir: string): number {
  const env = { OPENCLAW_STATE_DIR: stateDir, HOME: stateDir };
  const { status, stderr } = spawnSync(process.execPath, ["--import", tellPeak, cliBin, ...args], {
    env,
    encoding: "utf8",
  });
  const kib = Number(stderr.trim().split("\n").at(-1));
  if (status !== 0 || !(kib > 0)) throw new Error(`the command failed (${status}): ${stderr}`);
  return kib / 1024;
}
