import { join } from "node:path";
import { dirsAbove, type ReadFs, type Step } from "@sessionsmith/core";
import type { RepairStore } from "./repair-store.ts";

/** Steps for the directories on the way to a file that are not there yet. @param made those that are made already; they are added to it */
export function missingDirs(
  fs: ReadFs,
  { snapshot }: Pick<RepairStore, "snapshot">,
  { name, made }: { readonly name: string; readonly made: Set<string> },
): readonly Step[] {
  const missing = dirsAbove(name).filter(
    (dir) => !made.has(dir) && fs.lstat(join(snapshot.realDir, dir)) === undefined,
  );
  for (const dir of missing) made.add(dir);
  return missing.map((dir) => ({ kind: "make-dir", phase: "create", name: dir, mode: 0o700 }));
}
