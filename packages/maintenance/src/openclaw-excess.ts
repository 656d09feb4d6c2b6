import type { StoreFile } from "@sessionsmith/core";
import type { CleanupView } from "./cleanup-view.ts";
import { fileAgeMs } from "./file-age.ts";
import { budgetedBytes, visibleBytes } from "./visible-bytes.ts";
import type { Decisions } from "./visible-bytes.ts";

/** After this, OpenClaw removes a temporary file of the index. */
const tempAgeMs = 5 * 60_000;

/**
 * How many bytes OpenClaw 2026.5.28 would take from rows for the disk budget: it removes every archive and every artifact that no
 * row references first, whatever its age. Here the younger ones stay, and yet no further row is to leave for them.
 */
export function openclawExcessBytes(
  { snapshot, now }: Pick<CleanupView, "snapshot" | "now">,
  { rows, files }: Decisions,
  { maxBytes, goalBytes }: { readonly maxBytes: number; readonly goalBytes: number },
): number {
  const purged = files.filter(({ pass }) => pass === "archive");
  const totalBytes = budgetedBytes(visibleBytes(snapshot, { rows, files: purged }), "openclaw-2026.5");
  if (totalBytes <= maxBytes) return 0;
  const gone = new Set(purged.filter(({ action }) => action !== "keep").map(({ name }) => name));
  const leaving = new Set(rows.filter(({ action }) => action !== "keep").map(({ key }) => key));
  const isRemoved = (file: StoreFile): boolean => {
    const keys = snapshot.references.rowsByFile.get(file.name) ?? [];
    const isFree = file.fact.kind === "file" && !gone.has(file.name);
    return isFree && isRemovable(file, now) && keys.every((key) => leaving.has(key));
  };
  const removed = [...snapshot.files.values()].filter(isRemoved);
  return removed.reduce((rest, { fact }) => rest - fact.size, totalBytes - goalBytes);
}

function isRemovable(file: StoreFile, now: number): boolean {
  const { nameClass } = file;
  switch (nameClass.kind) {
    case "archive":
      return nameClass.retiredAtMs !== undefined;
    case "index-temp":
      return fileAgeMs(file, now) > tempAgeMs;
    case "transcript":
    case "checkpoint":
    case "trajectory":
    case "trajectory-pointer":
    case "index-backup":
    case "prompt-blob":
      return true;
    case "codex-binding":
    case "repair-backup":
    case "transcript-lock":
    case "foreign":
      return false;
  }
}
