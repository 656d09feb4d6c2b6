import { StoreError } from "../store-error.ts";

/** The error for a file or index that is not the one a plan was made for; it is left as it is. */
export function stalePlan(path: string): StoreError {
  return new StoreError(
    "E_STALE_PLAN",
    `${path} was changed after the plan was made, so it was left as it is.`,
    {
      hint: "Make the plan again.",
      details: { path },
    },
  );
}
