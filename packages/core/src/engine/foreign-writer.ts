import { basename, join } from "node:path";
import { classifyFileName } from "../layout/classify-file-name.ts";
import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";

/** A temporary file of another writer counts for this long; OpenClaw 2026.5.28 sweeps its own after the same time. */
const tempLifeMs = 5 * 60_000;
const pollMs = 50;
const patienceMs = 5000;

/**
 * Waits while another program is about to replace an index: its temporary file lies beside it.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_LOCKED if it is still there after five seconds
 */
export async function waitForForeignWriter(
  host: EngineHost,
  realDir: string,
  indexPath: string,
): Promise<void> {
  const deadline = host.clock.now() + patienceMs;
  for (;;) {
    const temp = foreignTemp(host, realDir, basename(indexPath));
    if (temp === undefined) return;
    if (host.clock.now() >= deadline) throw beingWritten(indexPath, temp);
    // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
    await host.sleep(pollMs);
  }
}

function foreignTemp(
  { fs, clock, processes }: EngineHost,
  realDir: string,
  indexName: string,
): string | undefined {
  return (fs.readdir(realDir) ?? []).find((name) => {
    const found = classifyFileName(name, { indexName });
    if (found.kind !== "index-temp") return false;
    const fact = fs.lstat(join(realDir, name));
    if (fact === undefined || clock.now() - Number(fact.mtimeNs / 1_000_000n) > tempLifeMs) return false;
    const pid = /\.(\d+)\.[^.]+\.tmp$/.exec(name)?.[1];
    return pid === undefined || processes.state(Number(pid)) !== "dead";
  });
}

function beingWritten(indexPath: string, temp: string): StoreError {
  return new StoreError(
    "E_LOCKED",
    `Another program is writing ${indexPath} (${temp}). Nothing was changed.`,
    {
      hint: "Wait until it has finished. If nothing is running, the file was left by a crash and counts no more after five minutes.",
      details: { path: indexPath, temp },
    },
  );
}
