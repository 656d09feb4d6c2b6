import { chmodSync, cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
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

/**
 * Copies `fixtures/stores/<name>/before` to a temporary directory; tests never work on the checkout itself.
 * @param at epoch ms to which all times are moved, for a program that looks at the real clock; as recorded if left out
 */
export function materializeCase(name: string, at?: number): MaterializedCase {
  const { now, files } = readStoreCase(name);
  const shiftMs = at === undefined ? 0 : at - now;
  const temp = makeTempDir();
  const stateDir = join(temp.path, ".openclaw");
  mkdirSync(stateDir, { mode: 0o700 });
  cpSync(join(storeCaseDir(name), "before"), stateDir, { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    const copy = join(stateDir, path);
    if (shiftMs !== 0 && path.endsWith("sessions.json")) shiftRows(copy, shiftMs);
    const seconds = (file.mtimeMs + shiftMs) / 1000;
    chmodSync(copy, Number.parseInt(file.mode, 8));
    utimesSync(copy, seconds, seconds);
  }
  return {
    stateDir,
    now: now + shiftMs,
    indexPath: (agentId = "main") => join(stateDir, "agents", agentId, "sessions", "sessions.json"),
    dispose: temp.dispose,
  };
}

/** Moves `updatedAt` of every row, and nothing else. */
function shiftRows(index: string, shiftMs: number): void {
  const text = readFileSync(index, "utf8");
  const shifted = text.replaceAll(
    /("updatedAt": )(\d+)/g,
    (_, name: string, ms: string) => `${name}${Number(ms) + shiftMs}`,
  );
  writeFileSync(index, shifted);
}
