import { dirname } from "node:path";
import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 11;

/** Times the preview of a cleanup against a bare Node that reads the index and looks at every file, in the same run. */
export async function benchCleanup(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const index = generateStore(temp.path, { entries, ...ordinaryRows });
    const dir = JSON.stringify(dirname(index));
    const look = `const fs = require("node:fs"); fs.readFileSync(${JSON.stringify(index)}); for (const name of fs.readdirSync(${dir})) fs.lstatSync(${dir} + "/" + name);`;
    const now = String(generatedNow);
    const floor = "bare node + read + stat";
    const times = await medianTimes(rounds, {
      [floor]: nodeProcess("-e", look),
      "cleanup --dry-run": nodeProcess(
        cliBin,
        "cleanup",
        "--dry-run",
        "--json",
        "--store",
        index,
        "--now",
        now,
      ),
    });
    const title = `${entries} rows, ${entries} transcripts, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, floor)].join("\n");
  } finally {
    temp.dispose();
  }
}
