import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 15;

/** Times `list` of a generated store against a bare Node that only reads the index, in the same run. */
export async function benchList(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const index = generateStore(temp.path, { entries, ...ordinaryRows });
    const floor = "bare node + read index";
    const times = await medianTimes(rounds, {
      "bare node": nodeProcess("-e", "0"),
      [floor]: nodeProcess("-e", `require("node:fs").readFileSync(${JSON.stringify(index)})`),
      "list --json": nodeProcess(cliBin, "list", "--json", "--store", index, "--now", String(generatedNow)),
      "list --help": nodeProcess(cliBin, "list", "--help"),
    });
    const title = `${entries} entries, ${entries} transcripts, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, floor)].join("\n");
  } finally {
    temp.dispose();
  }
}
