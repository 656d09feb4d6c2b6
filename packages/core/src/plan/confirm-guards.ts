import type { FileDecision, FilePass } from "./decision.ts";
import { sealPlan } from "./plan-digest.ts";
import type { Guard, Plan, PlanPart } from "./plan.ts";

/** What the guard `orphans` holds back: files that leave for themselves, not with their rows. */
const heldPasses: ReadonlySet<FilePass | undefined> = new Set(["archive", "artifact", "budget"]);

/**
 * What may be applied of a plan (docs/invariants.md I3, I7). A guard that the operator has confirmed holds nothing back any
 * longer. `orphans`, unconfirmed, holds back the files of the passes that it is about, which then stay, and not the rows.
 * `mass`, unconfirmed, stays in `blockedBy`, and the part is not applied at all. Sealed anew if anything changes.
 */
export function confirmGuards(plan: Plan, confirmed: readonly Guard[]): Plan {
  const isSettled = (guard: Guard): boolean => guard === "orphans" || confirmed.includes(guard);
  if (!plan.parts.some(({ blockedBy }) => blockedBy.some(isSettled))) return plan;
  const parts = plan.parts.map((part) => {
    const isHeld = part.blockedBy.includes("orphans") && !confirmed.includes("orphans");
    const blockedBy = part.blockedBy.filter((guard) => !isSettled(guard));
    return { ...(isHeld ? holdFilesBack(part) : part), blockedBy };
  });
  return sealPlan({ ...plan, parts });
}

/** The files that {@link confirmGuards} holds back as long as the guard `orphans` is not confirmed. */
export function filesHeldBack({ files, blockedBy }: PlanPart): readonly FileDecision[] {
  return blockedBy.includes("orphans") ? files.filter(isHeldBack) : [];
}

function holdFilesBack(part: PlanPart): PlanPart {
  const held = new Set(part.files.filter(isHeldBack).map(({ name }) => name));
  const files = part.files.map((file) =>
    held.has(file.name) ? { ...file, action: "keep" as const, reasons: ["held-back:orphans"] } : file,
  );
  const steps = part.steps.filter((step) => step.kind !== "move-file" || !held.has(step.from));
  return { ...part, files, steps };
}

function isHeldBack({ pass, action }: FileDecision): boolean {
  return action !== "keep" && heldPasses.has(pass);
}
