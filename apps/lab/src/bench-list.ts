import { fileURLToPath } from "node:url";
import { makeTempDir } from "@sessionsmith/testkit";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess } from "./measure.ts";

const rounds = 15;

/** Times `list` of a generated store against a bare Node that only reads the index, in the same run. */
export function benchList(entries: number): string {
  const temp = makeTempDir();
  try {
    const index = generateStore(temp.path, { entries, ...ordinaryRows });
    const bin = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));
    const times = medianTimes(rounds, {
      "bare node": nodeProcess("-e", "0"),
      "bare node + read index": nodeProcess(
        "-e",
        `require("node:fs").readFileSync(${JSON.stringify(index)})`,
      ),
      "list --json": nodeProcess(bin, "list", "--json", "--store", index, "--now", String(generatedNow)),
      "list --help": nodeProcess(bin, "list", "--help"),
    });
    const floor = times.get("bare node + read index") ?? Number.NaN;
    const lines = [...times].map(
      ([name, ms]) => `${name.padEnd(24)} ${ms.toFixed(1).padStart(7)} ms  ${(ms / floor).toFixed(2)} x`,
    );
    return [
      `${entries} entries, ${entries} transcripts, median of ${rounds} interleaved rounds`,
      ...lines,
    ].join("\n");
  } finally {
    temp.dispose();
  }
}
