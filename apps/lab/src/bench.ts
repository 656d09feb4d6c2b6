import { benchList } from "./bench-list.ts";

/** Every benchmark by name; `pnpm bench <name> [number]` runs one. */
const benches = new Map<string, (size: number) => string>([["list", benchList]]);

const [name = "list", size = "10000"] = process.argv.slice(2);
const bench = benches.get(name);
if (bench === undefined) {
  process.stderr.write(`There is no benchmark ${name}. There are: ${[...benches.keys()].join(", ")}.\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${bench(Number(size))}\n`);
}
