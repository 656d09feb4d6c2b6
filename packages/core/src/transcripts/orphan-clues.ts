import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { readOrigin, type TranscriptOrigin } from "./read-origin.ts";
import { readTrajectoryKey } from "./read-trajectory-key.ts";

/** What tells where a transcript comes from that no row references. */
export interface OrphanClues {
  readonly origin: TranscriptOrigin;
  /** The session key that the trajectory beside it names. */
  readonly trajectoryKey: string | undefined;
}

/**
 * Reads the beginning of transcripts that no row references, and of the trajectories beside them. One that is gone meanwhile
 * is left out. Throws for no file.
 * @param realDir the sessions directory with links resolved
 * @param names transcripts in it
 */
export function readOrphanClues(
  fs: ReadFs,
  realDir: string,
  names: Iterable<string>,
): ReadonlyMap<string, OrphanClues> {
  return readClues(fs, { realDir, names, strict: false });
}

/**
 * Reads the same, and throws what the system answers to it (Node's error, E_IO): for whoever must not take an error for an answer.
 */
export function readOrphanCluesStrictly(
  fs: ReadFs,
  realDir: string,
  names: Iterable<string>,
): ReadonlyMap<string, OrphanClues> {
  return readClues(fs, { realDir, names, strict: true });
}

function readClues(
  fs: ReadFs,
  {
    realDir,
    names,
    strict,
  }: { readonly realDir: string; readonly names: Iterable<string>; readonly strict: boolean },
): ReadonlyMap<string, OrphanClues> {
  const clues = new Map<string, OrphanClues>();
  for (const name of names) {
    const origin = readOrigin(fs, join(realDir, name), strict);
    if (origin === undefined) continue;
    const trajectory = `${name.slice(0, -".jsonl".length)}.trajectory.jsonl`;
    clues.set(name, { origin, trajectoryKey: readTrajectoryKey(fs, join(realDir, trajectory), strict) });
  }
  return clues;
}
