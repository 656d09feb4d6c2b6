import { rmSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { makeTempDir } from "@sessionsmith/testkit";
import { barePrograms } from "./bare-node.ts";
import { cliBin } from "./cli-bin.ts";
import { generateStore, ordinaryRows } from "./generate-store.ts";
import { measuredMedians, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 5;

/** Times a cleanup that is done, on a new store each time, against a bare Node that looks, one that does the same unsafely, and one with our calls only. */
export async function benchEnforce(entries: number): Promise<string> {
  const temp = makeTempDir();
  const onFreshStore = (argsFor: (index: string) => readonly string[]) => () => {
    rmSync(`${temp.path}/agents`, { recursive: true, force: true });
    // Rows are judged by the real clock, so the store must be as young.
    const index = generateStore(temp.path, { entries, ...ordinaryRows }, Date.now());
    const start = performance.now();
    nodeProcess(...argsFor(index))();
    return performance.now() - start;
  };
  try {
    const floor = "bare node + read + stat";
    const enforce = ["cleanup", "--enforce", "--allow-mass", "--json", "--store"];
    const times = await measuredMedians(rounds, {
      [floor]: onFreshStore((index) => ["-e", barePrograms(index).look]),
      "bare node, all of it": onFreshStore((index) => ["-e", barePrograms(index).clean]),
      "the same, carefully": onFreshStore((index) => ["-e", barePrograms(index).cleanCarefully]),
      "cleanup --enforce": onFreshStore((index) => [cliBin, ...enforce, index]),
    });
    const title = `${entries} rows, ${entries} transcripts, a new store each time, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, floor)].join("\n");
  } finally {
    temp.dispose();
  }
}
