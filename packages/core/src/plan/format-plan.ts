import type { Plan } from "./plan.ts";

/** The text of a plan, as it is saved: JSON with an indent, and a final newline. `parsePlan` reads it back. */
export function formatPlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
