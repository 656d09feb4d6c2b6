import { StoreError } from "../store-error.ts";

/** The error for a file that new content is made of and that is another one by now. */
export function changedSource(path: string): StoreError {
  return new StoreError(
    "E_STALE_PLAN",
    `${path} is not the file that the plan was made for. Nothing was changed.`,
    { hint: "Make the plan again.", details: { path } },
  );
}
