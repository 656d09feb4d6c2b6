import type { FileDecision, StoreFile } from "@sessionsmith/core";
import type { CleanupPolicy } from "../cleanup-policy.ts";
import type { CleanupFilePass, FileView } from "../file-pass.ts";
import { openHolds } from "../why-file-held.ts";

/**
 * Moves archives to the trash that have been kept long enough: `.deleted.` for `pruneAfterMs`, `.reset.` for
 * `resetArchiveRetentionMs` (null: for ever). The age is that of the stamp in the name, whatever the file system says.
 * `.bak.` archives, repair backups and index backups leave for the disk budget alone.
 */
export const expiredArchives: CleanupFilePass = (view) => {
  const whyHeld = openHolds(view);
  const decisions: FileDecision[] = [];
  for (const file of view.snapshot.files.values()) {
    const decision = judge(file, view, whyHeld);
    if (decision !== undefined) decisions.push(decision);
  }
  return decisions;
};

function judge(
  file: StoreFile,
  { policy, now }: FileView,
  whyHeld: (file: StoreFile) => string | undefined,
): FileDecision | undefined {
  const { name, fact, nameClass } = file;
  if (nameClass.kind !== "archive" || nameClass.reason === "bak") return undefined;
  const { reason, retiredAtMs } = nameClass;
  const decision = { name, size: fact.size, pass: "archive" } as const;
  const whyStays = whyNotExpired(retiredAtMs, now, retentionOf(reason, policy)) ?? whyHeld(file);
  return whyStays === undefined
    ? { ...decision, action: "trash", reasons: [`expired-archive:${reason}`] }
    : { ...decision, action: "keep", reasons: [whyStays] };
}

function retentionOf(reason: "deleted" | "reset", policy: CleanupPolicy): number | null {
  return reason === "deleted" ? policy.pruneAfterMs : policy.resetArchiveRetentionMs;
}

function whyNotExpired(
  retiredAtMs: number | undefined,
  now: number,
  retentionMs: number | null,
): string | undefined {
  if (retiredAtMs === undefined) return "no-time-in-name";
  if (retentionMs === null) return "kept-for-ever";
  return now - retiredAtMs <= retentionMs ? "within-retention" : undefined;
}
