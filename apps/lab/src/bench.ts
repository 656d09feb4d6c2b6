import { loadavg } from "node:os";
import { benchAppend } from "./bench-append.ts";
import { benchCheck } from "./bench-check.ts";
import { benchCleanup } from "./bench-cleanup.ts";
import { benchCommit } from "./bench-commit.ts";
import { benchEnforce } from "./bench-enforce.ts";
import { benchList } from "./bench-list.ts";
import { benchManager } from "./bench-manager.ts";
import { benchMigrate } from "./bench-migrate.ts";
import { benchMigrateMemory } from "./bench-migrate-memory.ts";
import { benchRetire } from "./bench-retire.ts";
import { benchStore } from "./bench-store.ts";
import { benchTitles } from "./bench-titles.ts";

/** Every benchmark by name; `pnpm bench <name> [number]` runs one. */
const benches = new Map<string, (size: number) => Promise<string>>([
  ["list", benchList],
  ["cleanup", benchCleanup],
  ["check", benchCheck],
  ["enforce", benchEnforce],
  ["commit", benchCommit],
  ["retire", benchRetire],
  ["migrate", benchMigrate],
  ["migrate-memory", benchMigrateMemory],
  ["store", benchStore],
  ["append", benchAppend],
  ["manager", benchManager],
  ["titles", benchTitles],
]);

const [name = "list", size = "10000"] = process.argv.slice(2);
const bench = benches.get(name);
if (bench === undefined) {
  process.stderr.write(`There is no benchmark ${name}. There are: ${[...benches.keys()].join(", ")}.\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${await bench(Number(size))}\n`);
  process.stdout.write(
    `load of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}\n`,
  );
}
