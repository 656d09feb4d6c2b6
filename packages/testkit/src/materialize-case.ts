import { chmodSync, cpSync, mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { readStoreCase, storeCaseDir } from "./store-case.ts";
import { makeTempDir } from "./temp-dir.ts";

/** A recorded store, copied to a place of its own with its file times and modes. */
export interface MaterializedCase {
  /** The state directory of the copy. */
  readonly stateDir: string;
  /** Epoch ms at which the runs were recorded. */
  readonly now: number;
  /** The index of an agent in the copy. */
  indexPath(agentId?: string): string;
  /** Removes the copy. */
  readonly dispose: () => void;
}

/** Copies `fixtures/stores/<name>/before` to a temporary directory; tests never work on the checkout itself. */
export function materializeCase(name: string): MaterializedCase {
  const { now, files } = readStoreCase(name);
  const temp = makeTempDir();
  const stateDir = join(temp.path, ".openclaw");
  mkdirSync(stateDir, { mode: 0o700 });
  cpSync(join(storeCaseDir(name), "before"), stateDir, { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    const copy = join(stateDir, path);
    chmodSync(copy, Number.parseInt(file.mode, 8));
    utimesSync(copy, file.mtimeMs / 1000, file.mtimeMs / 1000);
  }
  return {
    stateDir,
    now,
    indexPath: (agentId = "main") => join(stateDir, "agents", agentId, "sessions", "sessions.json"),
    dispose: temp.dispose,
  };
}
