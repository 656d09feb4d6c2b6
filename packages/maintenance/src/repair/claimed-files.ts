import type { StoreFile } from "@sessionsmith/core";
import type { RepairStore } from "./repair-store.ts";

/**
 * Names of the files that a repair changes or moves already, of which another domain keeps away: it looks at them in the next repair.
 */
export function claimedNames({ steps }: Pick<RepairStore, "steps">): ReadonlySet<string> {
  return new Set(
    steps.flatMap((step) => {
      if (step.kind === "move-file") return [step.from];
      return step.kind === "write-file" ? [step.name] : [];
    }),
  );
}

/** Tells whether a repair may touch a file: a regular one with one name, whose lock nobody holds. */
export function isPlainFile({ snapshot }: Pick<RepairStore, "snapshot">, { name, fact }: StoreFile): boolean {
  return fact.kind === "file" && fact.nlink <= 1 && !snapshot.heldLocks.has(`${name}.lock`);
}
