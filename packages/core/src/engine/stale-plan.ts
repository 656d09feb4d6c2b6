import { StoreError } from "../store-error.ts";

/** The error for a file or index that is not the one a plan was made for; raised before the switch. */
export function stalePlan(path: string): StoreError {
  return new StoreError(
    "E_STALE_PLAN",
    `${path} was changed after the plan was made. Nothing was changed by us.`,
    {
      hint: "Make the plan again.",
      details: { path },
    },
  );
}
