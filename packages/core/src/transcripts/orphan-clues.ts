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
 * is left out. Throws for no file, unless it is to be `strict`: then for what the system answers.
 * @param realDir the sessions directory with links resolved
 * @param names transcripts in it
 */
export function readOrphanClues(
  fs: ReadFs,
  realDir: string,
  names: Iterable<string>,
  { strict = false }: { readonly strict?: boolean } = {},
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
