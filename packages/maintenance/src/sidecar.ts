import type { FileClass } from "@sessionsmith/core";

/** The name of the transcript that a sidecar belongs to; undefined if the class is no sidecar. */
export function transcriptOfSidecar(nameClass: FileClass): string | undefined {
  if (nameClass.kind === "codex-binding") return nameClass.transcript;
  const isTrajectory = nameClass.kind === "trajectory" || nameClass.kind === "trajectory-pointer";
  return isTrajectory ? `${nameClass.base}.jsonl` : undefined;
}
