import { sealPlan } from "./plan-digest.ts";
import type { Guard, Plan } from "./plan.ts";

/** A plan that the guards which the operator has confirmed hold back no longer; sealed anew if that changes it. */
export function confirmGuards(plan: Plan, confirmed: readonly Guard[]): Plan {
  const isConfirmed = (guard: Guard): boolean => confirmed.includes(guard);
  if (!plan.parts.some(({ blockedBy }) => blockedBy.some(isConfirmed))) return plan;
  const parts = plan.parts.map((part) => ({
    ...part,
    blockedBy: part.blockedBy.filter((guard) => !isConfirmed(guard)),
  }));
  return sealPlan({ ...plan, parts });
}
