import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { nodeHost } from "@sessionsmith/core";
import { listOperations, nodeEngineHost } from "@sessionsmith/core/engine";
import { expect, onTestFinished, test } from "vitest";
import { counterIndex, readCounter } from "../src/commit-counters.ts";
import { readableIndex } from "../src/lab-plan.ts";
import { repoRoot } from "./repo-root.ts";

const memoryDisk = "/dev/shm";
/** Where every sync costs what the disk asks for it, there is time for a part of the commits only. */
const hasMemoryDisk = existsSync(memoryDisk);
const commitsEach = hasMemoryDisk ? 5000 : 500;

test("two processes commit to one index at once, and no commit is lost", async () => {
  const dir = mkdtempSync(join(hasMemoryDisk ? memoryDisk : tmpdir(), "sessionsmith-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const indexPath = join(dir, "sessions.json");
  writeFileSync(indexPath, counterIndex(["shared", "first", "second"]), { mode: 0o600 });
  const worker = join(repoRoot, "apps/lab/dist/writer.js");
  const start = performance.now();

  const runs = await Promise.all(
    ["first", "second"].map((name) =>
      promisify(execFile)(process.execPath, [worker, indexPath, name, String(commitsEach)]),
    ),
  );

  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const note = hasMemoryDisk ? "" : ` (only so many: there is no ${memoryDisk})`;
  const turns = runs.map(({ stdout }) => Number(stdout));
  console.info(
    `${2 * commitsEach} commits of two processes in ${seconds} s, turns ${turns.join(" + ")}${note}`,
  );
  const host = nodeEngineHost(nodeHost());
  const { document } = readableIndex(host.fs, indexPath);
  const counters = ["shared", "first", "second"].map((name) => readCounter(document, name));
  expect(counters).toEqual([2 * commitsEach, commitsEach, commitsEach]);
  expect(Math.min(...turns)).toBeGreaterThan(0);
  expect(host.fs.readdir(dir)).toEqual([".sessionsmith", "sessions.json"]);
  expect(listOperations(host.fs, dir)).toEqual([]);
});
