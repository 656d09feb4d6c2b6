import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isStoreError, nodeHost } from "@sessionsmith/core";
import { commitIndex, nodeEngineHost } from "@sessionsmith/core/engine";
import { makeTempDir } from "@sessionsmith/testkit";
import { countCommit, counterIndex, readCounter } from "./commit-counters.ts";
import { readableIndex } from "./lab-plan.ts";

/** How a race is run. */
export interface RaceOptions {
  /** Commits a second of the other program. Ours follow one another without a pause. */
  readonly theirRate: number;
  readonly durationMs: number;
  /** How the other program names its temporary file: as OpenClaw does, which we wait for, or otherwise. */
  readonly temp: "openclaw" | "other";
}

/** What came of a race. */
export interface RaceResult {
  /** Commits of ours that returned. */
  readonly ours: number;
  /** Renames of theirs. */
  readonly theirs: number;
  /** Times that the compare-and-swap found their commit in time and ours was made again. */
  readonly retried: number;
  /** Commits of ours that were given up, with nothing written: their file lay there too long, or five tries were not enough. */
  readonly refused: number;
  /** Commits of ours that theirs overwrote: those returned, less what our counter says in the end. */
  readonly oursLost: number;
  /** Commits of ours that we saw to be gone, at the next read of the index or at the last. */
  readonly oursNoticed: number;
  /** Commits of theirs that ours overwrote: their renames, less what their counter says in the end. */
  readonly theirsLost: number;
}

const worker = fileURLToPath(new URL("../dist/foreign-writer.js", import.meta.url));

/** Lets our commits run against those of a program that takes no lock, on one small index. */
export async function runRace({ theirRate, durationMs, temp }: RaceOptions): Promise<RaceResult> {
  const place = makeTempDir();
  try {
    const indexPath = join(place.path, "sessions.json");
    writeFileSync(indexPath, counterIndex(["ours", "theirs"]), { mode: 0o600 });
    let isOver = false;
    const foreign = promisify(execFile)(process.execPath, [
      worker,
      indexPath,
      String(theirRate),
      String(durationMs),
      temp,
    ]).finally(() => {
      isOver = true;
    });
    const [{ stdout }, counts] = await Promise.all([foreign, commitUntil(() => isOver, indexPath)]);
    const { document } = readableIndex(nodeHost().fs, indexPath);
    const last = readCounter(document, "ours");
    return {
      ours: counts.committed,
      theirs: Number(stdout),
      retried: counts.retried,
      refused: counts.refused,
      oursLost: counts.committed - last,
      oursNoticed: counts.noticed + Math.max(0, counts.expected - last),
      theirsLost: Number(stdout) - readCounter(document, "theirs"),
    };
  } finally {
    place.dispose();
  }
}

interface Counts {
  readonly committed: number;
  readonly retried: number;
  readonly refused: number;
  readonly noticed: number;
  /** What our counter has to say if nobody overwrites our last commit. */
  readonly expected: number;
}

async function commitUntil(isOver: () => boolean, indexPath: string): Promise<Counts> {
  const host = nodeEngineHost(nodeHost());
  let counts: Counts = { committed: 0, retried: 0, refused: 0, noticed: 0, expected: 0 };
  while (!isOver()) {
    let seen = 0;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one commit after the other
      const tries = await commitIndex(host, {
        realDir: dirname(indexPath),
        indexPath,
        lockTimeoutMs: 5000,
        edit: (document) => {
          seen = readCounter(document, "ours");
          return countCommit(document, ["ours"]);
        },
      });
      counts = {
        ...counts,
        committed: counts.committed + 1,
        retried: counts.retried + tries - 1,
        noticed: counts.noticed + Math.max(0, counts.expected - seen),
        expected: seen + 1,
      };
    } catch (error) {
      if (!isStoreError(error) || (error.code !== "E_LOCKED" && error.code !== "E_STALE_PLAN")) throw error;
      counts = { ...counts, refused: counts.refused + 1 };
    }
    // oxlint-disable-next-line no-await-in-loop -- the end of the other process must be heard
    await host.sleep(0);
  }
  return counts;
}
