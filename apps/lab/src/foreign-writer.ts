// Another program that writes an index by rename and knows nothing of our lock:
// `node foreign-writer.js <index> <commits a second> <milliseconds> <temp>`. It reads the JSON, adds one to its counter, writes
// a temporary file and renames it. With <temp> `openclaw` that file is named as OpenClaw 2026.5.28 does, with `other` it is not.
import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { counterKey } from "./commit-counters.ts";

const [indexPath = "", rate = "", durationMs = "", temp = ""] = process.argv.slice(2);
const pauseMs = 1000 / Number(rate);
const bell = new Int32Array(new SharedArrayBuffer(4));
const start = performance.now();
let commits = 0;

for (; performance.now() - start < Number(durationMs); commits += 1) {
  const index: Record<string, { commits: number }> = JSON.parse(readFileSync(indexPath, "utf8"));
  const counter = index[counterKey("theirs")];
  if (counter === undefined) throw new Error("their counter is gone");
  counter.commits += 1;
  const path = temp === "openclaw" ? `${indexPath}.${process.pid}.${randomUUID()}.tmp` : `${indexPath}.swap`;
  writeFileSync(path, `${JSON.stringify(index, null, 2)}\n`, { mode: 0o600 });
  renameSync(path, indexPath);
  const restMs = start + (commits + 1) * pauseMs - performance.now();
  if (restMs > 0) Atomics.wait(bell, 0, 0, restMs);
}
process.stdout.write(`${commits}\n`);
