import { fileIdentity } from "@sessionsmith/core";
import type { FileDecision, MoveFileStep, StoreSnapshot } from "@sessionsmith/core";

/** The moves of the files that leave, in the order of the decisions. */
export function fileMoves(files: readonly FileDecision[], snapshot: StoreSnapshot): readonly MoveFileStep[] {
  return files.flatMap((decision) => moveFor(decision, snapshot));
}

function moveFor(decision: FileDecision, snapshot: StoreSnapshot): readonly MoveFileStep[] {
  const file = snapshot.files.get(decision.name);
  if (decision.action === "keep" || file === undefined) return [];
  const to =
    decision.action === "trash"
      ? ({ as: "trash" } as const)
      : ({ as: "archive", reason: "deleted" } as const);
  const reason = decision.reasons.join(", ");
  return [
    { kind: "move-file", phase: "retire", from: decision.name, to, expect: fileIdentity(file.fact), reason },
  ];
}
