import { loadavg } from "node:os";
import { type RaceResult, runRace } from "./run-race.ts";

// `node race.js [seconds]` lets our commits run against a program that takes no lock: at 5 and at 500 commits a second, with a
// temporary file that we know and with one that we don't.
const durationMs = Number(process.argv[2] ?? "10") * 1000;
const columns = [
  "theirs",
  "ours",
  "retried",
  "refused",
  "oursLost",
  "oursNoticed",
  "theirsLost",
] as const satisfies readonly (keyof RaceResult)[];

process.stdout.write(`rate  temp      ${columns.map((name) => name.padStart(12)).join("")}\n`);
for (const theirRate of [5, 500]) {
  for (const temp of ["other", "openclaw"] as const) {
    // oxlint-disable-next-line no-await-in-loop -- races must not disturb one another
    const result = await runRace({ theirRate, durationMs, temp });
    const numbers = columns.map((name) => String(result[name]).padStart(12)).join("");
    process.stdout.write(`${String(theirRate).padEnd(6)}${temp.padEnd(10)}${numbers}\n`);
  }
}
process.stdout.write(
  `load of the machine: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(", ")}\n`,
);
