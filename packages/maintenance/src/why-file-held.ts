import type { StoreFile } from "@sessionsmith/core";
import type { FileView } from "./file-pass.ts";
import { transcriptOfSidecar } from "./sidecar.ts";

/**
 * Prepares the question why a file may not leave for itself, whatever its age (docs/invariants.md I6, I9). It is undefined
 * for one that nothing holds: no row that stays references it, nothing else protects it, and it is a regular file with one
 * name and without a lock.
 */
export function openHolds({
  snapshot,
  rows,
}: Pick<FileView, "snapshot" | "rows">): (file: StoreFile) => string | undefined {
  const { references, heldLocks } = snapshot;
  let leaving: ReadonlySet<string> | undefined;
  const leaves = (key: string) => (leaving ??= leavingKeys(rows)).has(key);
  return ({ name, fact, nameClass }) => {
    const keys = references.rowsByFile.get(name);
    if (keys?.every(leaves) === false) return "referenced";
    if (references.protectedElsewhere.has(name)) return "referenced-elsewhere";
    if (references.unread.length > 0) return "references-unknown";
    if (fact.kind !== "file") return "not-a-regular-file";
    if (fact.nlink > 1) return "hard-linked";
    return heldLocks.has(`${transcriptOfSidecar(nameClass) ?? name}.lock`) ? "locked" : undefined;
  };
}

function leavingKeys(rows: FileView["rows"]): ReadonlySet<string> {
  const leaving = new Set<string>();
  for (const { key, action } of rows) if (action !== "keep") leaving.add(key);
  return leaving;
}
