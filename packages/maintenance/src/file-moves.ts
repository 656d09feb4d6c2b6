import { fileIdentity } from "@sessionsmith/core";
import type { FileAction, FileDecision, MoveFileStep, MoveTarget, StoreSnapshot } from "@sessionsmith/core";

/** The moves of the files that leave, in the order of the decisions. */
export function fileMoves(files: readonly FileDecision[], snapshot: StoreSnapshot): readonly MoveFileStep[] {
  return files.flatMap((decision) => moveFor(decision, snapshot));
}

function moveFor(decision: FileDecision, snapshot: StoreSnapshot): readonly MoveFileStep[] {
  const file = snapshot.files.get(decision.name);
  if (decision.action === "keep" || file === undefined) return [];
  const to = targets[decision.action];
  if (to === undefined) throw new Error(`cleanup does not move a file for ${decision.action}`);
  const reason = decision.reasons.join(", ");
  return [
    { kind: "move-file", phase: "retire", from: decision.name, to, expect: fileIdentity(file.fact), reason },
  ];
}

const targets: Partial<Record<FileAction, MoveTarget>> = {
  "archive-deleted": { as: "archive", reason: "deleted" },
  "archive-reset": { as: "archive", reason: "reset" },
  "archive-backup": { as: "archive", reason: "bak" },
  trash: { as: "trash" },
};
