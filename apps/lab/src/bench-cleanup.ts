import { makeTempDir } from "@sessionsmith/testkit";
import { barePrograms } from "./bare-node.ts";
import { cliBin } from "./cli-bin.ts";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 11;

/** Times the preview of a cleanup against a bare Node that looks, and one that makes the calls of a preview and decides nothing, in the same run. */
export async function benchCleanup(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const index = generateStore(temp.path, { entries, ...ordinaryRows });
    const { look, lookCarefully } = barePrograms(index);
    const now = String(generatedNow);
    const floor = "bare node + read + stat";
    const preview = ["cleanup", "--dry-run", "--json", "--store", index, "--now", now];
    const times = await medianTimes(rounds, {
      [floor]: nodeProcess("-e", look),
      "the same, carefully": nodeProcess("-e", lookCarefully),
      "cleanup --dry-run": nodeProcess(cliBin, ...preview),
    });
    const title = `${entries} rows, ${entries} transcripts, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, floor)].join("\n");
  } finally {
    temp.dispose();
  }
}
