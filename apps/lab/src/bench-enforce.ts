import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { performance } from "node:perf_hooks";
import { makeTempDir } from "@sessionsmith/testkit";
import { cliBin } from "./cli-bin.ts";
import { generateStore, ordinaryRows } from "./generate-store.ts";
import { measuredMedians, nodeProcess, renderTimes } from "./measure.ts";

const rounds = 5;

/** What a program without any safety would do: read, look at every file, write and sync the index, rename 4 files of 10, sync. */
const bareWork = (index: string): string => `
  const fs = require("node:fs");
  const index = ${JSON.stringify(index)}, dir = ${JSON.stringify(dirname(index))};
  const bytes = fs.readFileSync(index);
  const names = fs.readdirSync(dir);
  for (const name of names) fs.lstatSync(dir + "/" + name);
  const sync = (path) => { const fd = fs.openSync(path); fs.fsyncSync(fd); fs.closeSync(fd); };
  fs.writeFileSync(index + ".new", bytes.subarray(0, bytes.length * 0.6));
  sync(index + ".new");
  fs.renameSync(index + ".new", index);
  const old = names.filter((name) => name.endsWith(".jsonl")).slice(0, names.length * 0.4);
  for (const name of old) fs.renameSync(dir + "/" + name, dir + "/" + name + ".old");
  sync(dir);`;

/** The same with the calls that never lose a file, and nothing decided: a synced note, four looks, a second name and then the first one away. */
const carefulWork = (index: string): string => `
  const fs = require("node:fs");
  const index = ${JSON.stringify(index)}, dir = ${JSON.stringify(dirname(index))};
  const bytes = fs.readFileSync(index);
  const names = fs.readdirSync(dir);
  const look = (name) => fs.lstatSync(dir + "/" + name, { bigint: true });
  for (const name of names) look(name);
  const sync = (path) => { const fd = fs.openSync(path); fs.fsyncSync(fd); fs.closeSync(fd); };
  const old = names.filter((name) => name.endsWith(".jsonl")).slice(0, names.length * 0.4);
  for (const name of old) look(name);
  fs.writeFileSync(dir + "/journal", old.map((name) => JSON.stringify({ from: name, to: name + ".old" })).join(""));
  sync(dir + "/journal");
  sync(dir);
  fs.writeFileSync(index + ".new", bytes.subarray(0, bytes.length * 0.6));
  sync(index + ".new");
  fs.renameSync(index + ".new", index);
  sync(dir);
  for (const name of old) { look(name); fs.linkSync(dir + "/" + name, dir + "/" + name + ".old"); }
  sync(dir);
  for (const name of old) { look(name); look(name + ".old"); fs.unlinkSync(dir + "/" + name); }
  sync(dir);`;

const bareLook = (index: string): string => `
  const fs = require("node:fs");
  fs.readFileSync(${JSON.stringify(index)});
  const dir = ${JSON.stringify(dirname(index))};
  for (const name of fs.readdirSync(dir)) fs.lstatSync(dir + "/" + name);`;

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
      [floor]: onFreshStore((index) => ["-e", bareLook(index)]),
      "bare node, all of it": onFreshStore((index) => ["-e", bareWork(index)]),
      "the same, carefully": onFreshStore((index) => ["-e", carefulWork(index)]),
      "cleanup --enforce": onFreshStore((index) => [cliBin, ...enforce, index]),
    });
    const title = `${entries} rows, ${entries} transcripts, a new store each time, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, floor)].join("\n");
  } finally {
    temp.dispose();
  }
}
