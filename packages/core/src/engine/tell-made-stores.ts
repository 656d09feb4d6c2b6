import { isStoreError, StoreError } from "../store-error.ts";

/**
 * Adds to an error which stores had been made for what failed. They stay, with no rows: another program may use them by now.
 * @param made absolute paths of their indexes
 */
export function tellMadeStores(error: unknown, made: readonly string[]): unknown {
  if (!isStoreError(error) || made.length === 0) return error;
  const { code, message, hint, details, cause } = error;
  const stores = made.length === 1 ? "The new store" : "The new stores";
  return new StoreError(
    code,
    `${message} ${stores} ${made.join(", ")} had been made by then, and can stay.`,
    {
      ...(hint === undefined ? {} : { hint }),
      details,
      cause,
    },
  );
}
