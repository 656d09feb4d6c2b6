import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { nodeHost, removeRowsEdits } from "@sessionsmith/core";
import type { IndexDocument, SpliceEdit } from "@sessionsmith/core";
import { applyPlan, commitIndex, nodeEngineHost } from "@sessionsmith/core/engine";
import { makeTempDir } from "@sessionsmith/testkit";
import { generateStore, ordinaryRows } from "./generate-store.ts";
import { editIndexStep, labPlan } from "./lab-plan.ts";
import { measuredMedians, renderTimes } from "./measure.ts";
import { timedLocks } from "./timed-locks.ts";

const rounds = 15;
const lockTimeoutMs = 10_000;

/** Times a commit of an index, from lock to unlock, against writing and syncing the same bytes once. */
export async function benchCommit(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const indexPath = generateStore(temp.path, { ...ordinaryRows, entries, messages: 0 });
    const { host, lastHeldMs } = timedLocks(nodeEngineHost(nodeHost()));
    const realDir = dirname(indexPath);
    let plain = 0;
    const times = await measuredMedians(rounds, {
      "write + fsync": () => {
        const bytes = readFileSync(indexPath);
        // Each round takes a new name: pages that a removed file has just given back would be cheaper than ours.
        plain += 1;
        return timed(() => writeAndSync(join(temp.path, `plain-${plain}`), bytes));
      },
      applyPlan: async () => {
        const plan = labPlan(host.fs, indexPath, (document) => [
          editIndexStep(indexPath, document, withoutFirstRow(document)),
        ]);
        await applyPlan(host, plan);
        return lastHeldMs();
      },
      commitIndex: async () => {
        await commitIndex(host, { realDir, indexPath, edit: withoutFirstRow, lockTimeoutMs });
        return lastHeldMs();
      },
    });
    const bytes = readFileSync(indexPath).length;
    const title = `index of ${(bytes / 1e6).toFixed(1)} MB, lock to unlock, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, "write + fsync")].join("\n");
  } finally {
    temp.dispose();
  }
}

function withoutFirstRow(document: IndexDocument): readonly SpliceEdit[] {
  return removeRowsEdits(document, new Set(document.rows.slice(0, 1).map(({ key }) => key)));
}

function writeAndSync(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, "wx", 0o600);
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
