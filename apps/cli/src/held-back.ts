import { counted } from "./render/counted.ts";
import { filesHeldBack } from "@sessionsmith/core";
import type { Guard, PlanPart } from "@sessionsmith/core";

/** One sentence for each store of which files stay because the operator has not confirmed the guard `orphans`. */
export function heldBackMessages(parts: readonly PlanPart[], confirmed: readonly Guard[]): readonly string[] {
  if (confirmed.includes("orphans")) return [];
  return parts.flatMap((part) => {
    const count = filesHeldBack(part).length;
    if (!part.blockedBy.includes("orphans")) return [];
    return [
      `${part.store.indexPath} explains too few of the transcripts beside it, so ${counted(count, "file")} that no session needs ${count === 1 ? "stays" : "stay"}; ` +
        "look at the preview, and add --allow-orphans to move them to the trash",
    ];
  });
}
