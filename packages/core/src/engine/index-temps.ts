import { basename, join } from "node:path";
import { classifyFileName } from "../layout/classify-file-name.ts";
import type { EngineHost } from "./engine-host.ts";

/** A temporary file beside an index, left there by whoever was about to replace it. */
export interface IndexTemp {
  readonly name: string;
  /**
   * `in-use`: its writer may be at work. `abandoned`: named after a process that is gone, and older than five minutes.
   * `unexplained`: neither is known for certain.
   */
  readonly state: "in-use" | "abandoned" | "unexplained";
}

/** What was in a sessions directory when it was looked at. */
export interface StoreListing {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly names: readonly string[];
}

/** A temporary file of another writer counts for this long; OpenClaw 2026.5.28 sweeps its own after the same time. */
const tempLifeMs = 5 * 60_000;

/**
 * Picks the temporary files of an index, `<index>.<pid>.<uuid>.tmp` (ours and OpenClaw's) and `<index>.<uuid>.tmp`, from the names
 * in its directory.
 */
export function indexTemps(
  { fs, clock, processes }: Pick<EngineHost, "clock" | "fs" | "processes">,
  indexPath: string,
  { realDir, names }: StoreListing,
): readonly IndexTemp[] {
  const indexName = basename(indexPath);
  return names.flatMap((name): readonly IndexTemp[] => {
    if (classifyFileName(name, { indexName }).kind !== "index-temp") return [];
    const fact = fs.lstat(join(realDir, name));
    if (fact === undefined) return [];
    const pid = /\.(\d+)\.[^.]+\.tmp$/.exec(name)?.[1];
    const isDead = pid !== undefined && processes.state(Number(pid)) === "dead";
    const isOld = clock.now() - Number(fact.mtimeNs / 1_000_000n) > tempLifeMs;
    if (!isOld && !isDead) return [{ name, state: "in-use" }];
    return [{ name, state: isOld && isDead && fact.kind === "file" ? "abandoned" : "unexplained" }];
  });
}
