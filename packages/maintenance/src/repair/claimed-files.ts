import type { StoreFile } from "@sessionsmith/core";
import type { RepairStore } from "./repair-store.ts";

/**
 * Tells whether a repair may touch a file: a regular one with one name, whose lock nobody holds, and which this repair does not change
 * otherwise. What another domain has changed is looked at by the next repair.
 */
export function isPlainFile(
  { snapshot, steps }: Pick<RepairStore, "snapshot" | "steps">,
  file: StoreFile,
): boolean {
  const { name, fact } = file;
  if (fact.kind !== "file" || fact.nlink > 1 || snapshot.heldLocks.has(`${name}.lock`)) return false;
  return !steps.some((step) =>
    step.kind === "move-file" ? step.from === name : "name" in step && step.name === name,
  );
}
