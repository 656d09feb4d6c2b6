import type { FileDecision, FilePass, PlanPart, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";

/** The numbers of the files that leave for themselves, not with their rows or for the disk budget. */
export interface FileCounts {
  readonly unreferencedArtifacts: {
    /** Regular files of the directory, the index among them, as OpenClaw 2026.5.28 counts. */
    readonly scannedFiles: number;
    readonly archivedFiles: number;
    /** The same number under OpenClaw's name. */
    readonly removedFiles: number;
    /** Bytes that leave the sessions directory. */
    readonly freedBytes: number;
    readonly olderThanMs: number;
  };
  /** Archives whose time is over. */
  readonly archives: { readonly purgedFiles: number; readonly freedBytes: number };
}

/** Counts the decisions on files. */
export function countFiles(
  part: Pick<PlanPart, "files">,
  snapshot: StoreSnapshot,
  { pruneAfterMs, minAgeMs }: Pick<CleanupPolicy, "pruneAfterMs" | "minAgeMs">,
): FileCounts {
  const artifacts = filesLeaving(part, "artifact");
  const archives = filesLeaving(part, "archive");
  return {
    unreferencedArtifacts: {
      scannedFiles: countRegularFiles(snapshot),
      archivedFiles: artifacts.length,
      removedFiles: artifacts.length,
      freedBytes: sizeOf(artifacts),
      olderThanMs: Math.max(pruneAfterMs, minAgeMs),
    },
    archives: { purgedFiles: archives.length, freedBytes: sizeOf(archives) },
  };
}

/** The files that a pass takes away. */
export function filesLeaving({ files }: Pick<PlanPart, "files">, pass: FilePass): readonly FileDecision[] {
  return files.filter((file) => file.pass === pass && file.action !== "keep");
}

/** Bytes of files together. */
export function sizeOf(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The prompts of skills, which lie below the directory, don't count. */
function countRegularFiles({ files }: StoreSnapshot): number {
  let count = 1;
  for (const { fact, nameClass } of files.values())
    if (fact.kind === "file" && nameClass.kind !== "prompt-blob") count += 1;
  return count;
}
