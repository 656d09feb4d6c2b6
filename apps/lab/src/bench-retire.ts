import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileIdentity, nodeHost } from "@sessionsmith/core";
import type { ReadFs, Step } from "@sessionsmith/core";
import { applyPlan, nodeEngineHost } from "@sessionsmith/core/engine";
import { makeTempDir } from "@sessionsmith/testkit";
import { labPlan } from "./lab-plan.ts";
import { measuredMedians, renderTimes } from "./measure.ts";

const rounds = 7;

/** Times retiring files, as one operation with its journal, against renaming as many with one sync at the end. */
export async function benchRetire(count: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const host = nodeEngineHost(nodeHost());
    const indexPath = join(temp.path, "sessions.json");
    const names = Array.from({ length: count }, (_, n) => `orphan-${n}.jsonl`);
    const times = await measuredMedians(rounds, {
      "bare renames": () => {
        freshStore(indexPath, names);
        return renameAll(dirname(indexPath), names);
      },
      applyPlan: async () => {
        freshStore(indexPath, names);
        const plan = labPlan(host.fs, indexPath, () => retireSteps(host.fs, dirname(indexPath), names));
        const start = performance.now();
        await applyPlan(host, plan);
        return performance.now() - start;
      },
    });
    const title = `retiring ${count} files, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, "bare renames")].join("\n");
  } finally {
    temp.dispose();
  }
}

/** Puts the files of the last round back, which is faster than to make new ones. */
function freshStore(indexPath: string, names: readonly string[]): void {
  const dir = dirname(indexPath);
  const trash = readdirSync(dir, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith("files"),
  );
  if (trash === undefined) for (const name of names) writeFileSync(join(dir, name), `${name}\n`);
  else
    for (const [n, path] of readdirSync(join(dir, trash)).entries())
      renameSync(join(dir, trash, path), join(dir, names[n] ?? path));
  rmSync(join(dir, ".sessionsmith"), { recursive: true, force: true });
  writeFileSync(indexPath, "{}");
}

function renameAll(dir: string, names: readonly string[]): number {
  const trash = join(dir, ".sessionsmith", "files");
  mkdirSync(trash, { recursive: true });
  const start = performance.now();
  for (const name of names) renameSync(join(dir, name), join(trash, name));
  for (const path of [dir, trash]) syncDir(path);
  return performance.now() - start;
}

function syncDir(path: string): void {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function retireSteps(fs: ReadFs, dir: string, names: readonly string[]): readonly Step[] {
  return names.map((name) => {
    const fact = fs.lstat(join(dir, name));
    if (fact === undefined) throw new Error(`no ${name}`);
    return {
      kind: "move-file",
      phase: "retire",
      from: name,
      to: { as: "trash" },
      expect: fileIdentity(fact),
      reason: "orphan",
    };
  });
}
