import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { generatedNow, generateStore, ordinaryRows } from "./generate-store.ts";
import { medianTimes, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 9;
/** Long enough that the ends of a transcript are not all of it. */
const messages = 40;

/** Times `list` with titles and previews against the plain list, in the same run: of the newest 100 sessions, and of all. */
export async function benchTitles(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const index = generateStore(temp.path, { entries, ...ordinaryRows, messages });
    const list = (...more: readonly string[]) =>
      nodeProcess(cliBin, "list", "--json", "--store", index, "--now", String(generatedNow), ...more);
    const told = ["--titles", "--previews"];
    const [newest, all] = ["100 rows", "all rows"];
    const ofNewest = await medianTimes(rounds, { [newest]: list(), "with titles": list(...told) });
    const ofAll = await medianTimes(rounds, {
      [all]: list("--limit", "all"),
      "with titles": list("--limit", "all", ...told),
    });
    const title = `${entries} entries, ${messages} messages each, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(ofNewest, newest), ...renderTimes(ofAll, all)].join("\n");
  } finally {
    temp.dispose();
  }
}
