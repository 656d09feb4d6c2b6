import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { type IndexTemp, indexTemps } from "./index-temps.ts";

const pollMs = 50;
const patienceMs = 5000;

/** What was in a sessions directory at the end of a wait. */
export interface QuietStore {
  readonly names: readonly string[];
  /** The temporary files of the index that nobody is at work on. */
  readonly temps: readonly IndexTemp[];
}

/**
 * Waits while another program is about to replace an index: its temporary file lies beside it.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_LOCKED if it is still there after five seconds
 */
export async function waitForForeignWriter(
  host: EngineHost,
  realDir: string,
  indexPath: string,
): Promise<QuietStore> {
  const deadline = host.clock.now() + patienceMs;
  for (;;) {
    const names = host.fs.readdir(realDir) ?? [];
    const temps = indexTemps(host, indexPath, { realDir, names });
    const inUse = temps.find(({ state }) => state === "in-use");
    if (inUse === undefined) return { names, temps };
    if (host.clock.now() >= deadline) throw beingWritten(indexPath, inUse.name);
    // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
    await host.sleep(pollMs);
  }
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
