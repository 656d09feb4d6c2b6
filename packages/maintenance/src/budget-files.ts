import type { FileDecision, StoreFile } from "@sessionsmith/core";
import { fileAgeMs } from "./file-age.ts";
import type { FileView } from "./file-pass.ts";
import { findOrphans } from "./orphans.ts";
import type { Orphan } from "./orphans.ts";
import { openHolds } from "./why-file-held.ts";

/** A file that may leave for the disk budget. */
interface Candidate {
  readonly file: StoreFile;
  readonly reason: string;
  /** The transcript that must have left before it. */
  readonly follows?: string | undefined;
}

/**
 * Takes files for the disk budget until they come to `excessBytes`: first archives and backups, then artifacts that no row
 * which stays references, each the oldest first, whatever `pruneAfter` is and never younger than `minAgeMs`. What an
 * earlier pass takes, and so what this run retires, is not among them.
 */
export function takeBudgetFiles(view: FileView, excessBytes: number): readonly FileDecision[] {
  const taken = new Map<string, FileDecision>();
  let freedBytes = 0;
  for (const { file, reason, follows } of [...archivesByAge(view), ...orphansByAge(view)]) {
    if (freedBytes >= excessBytes) break;
    if (follows !== undefined && !taken.has(follows)) continue;
    const { name, fact } = file;
    const reasons = [reason, "over-disk-budget"];
    taken.set(name, { name, action: "trash", reasons, size: fact.size, pass: "budget" });
    freedBytes += fact.size;
  }
  return [...taken.values()];
}

function archivesByAge(view: FileView): readonly Candidate[] {
  const { snapshot, policy, now, decided } = view;
  const whyHeld = openHolds(view);
  return [...snapshot.files.values()]
    .map((file) => ({ file, reason: backupReason(file), ageMs: retiredAgeMs(file, now) }))
    .flatMap(({ file, reason, ageMs }) =>
      reason !== undefined &&
      ageMs !== undefined &&
      ageMs > policy.minAgeMs &&
      !decided.has(file.name) &&
      whyHeld(file) === undefined
        ? [{ file, reason, ageMs }]
        : [],
    )
    .toSorted((a, b) => b.ageMs - a.ageMs);
}

function backupReason({ nameClass }: StoreFile): string | undefined {
  if (nameClass.kind === "archive") return `archive:${nameClass.reason}`;
  return nameClass.kind === "repair-backup" || nameClass.kind === "index-backup" ? nameClass.kind : undefined;
}

/** By the time in the name, if there is to be one; undefined if that is no time, and then the file stays. */
function retiredAgeMs(file: StoreFile, now: number): number | undefined {
  const { nameClass } = file;
  if (nameClass.kind === "repair-backup") return now - nameClass.madeAtMs;
  if (nameClass.kind !== "archive") return fileAgeMs(file, now);
  return nameClass.retiredAtMs === undefined ? undefined : now - nameClass.retiredAtMs;
}

/** A sidecar comes right after its transcript, however old it is itself. */
function orphansByAge(view: FileView): readonly Candidate[] {
  const { now } = view;
  const orphans = findOrphans(view).flatMap((found): readonly Orphan[] =>
    "whyHeld" in found || fileAgeMs(found.file, now) <= found.leastAgeMs ? [] : [found],
  );
  const ages = new Map(orphans.map(({ file }) => [file.name, fileAgeMs(file, now)]));
  const ageOf = ({ file, follows }: Orphan): number => ages.get(follows ?? file.name) ?? 0;
  return orphans.toSorted((a, b) => ageOf(b) - ageOf(a));
}
