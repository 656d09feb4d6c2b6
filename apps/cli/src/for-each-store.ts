import { isStoreError } from "@sessionsmith/core";
import type { StoreError, StoreTarget } from "@sessionsmith/core";
import type { ChosenStores } from "./choose-stores.ts";

/** How the work on one store ended: with a result, with no store there, or with the error that keeps it out. */
export type StoreResult<T> =
  | { readonly target: StoreTarget; readonly state: "done"; readonly value: T }
  | { readonly target: StoreTarget; readonly state: "empty" }
  | { readonly target: StoreTarget; readonly state: "failed"; readonly error: StoreError };

/**
 * Does something to each store that was chosen. One that fails among several is kept as `failed`; alone it throws.
 * Under `--all-agents` a configured agent without a store has an empty one. After a signal nothing more is begun.
 */
export async function forEachStore<T>(
  { targets, allAgents }: Pick<ChosenStores, "allAgents" | "targets">,
  work: (target: StoreTarget) => T | Promise<T>,
): Promise<readonly StoreResult<T>[]> {
  const results: StoreResult<T>[] = [];
  for (const target of targets) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      results.push({ target, state: "done", value: await work(target) });
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const isEmpty = allAgents && error.code === "E_NOT_FOUND" && target.origin === "configured";
      if (!isEmpty && targets.length === 1) throw error;
      results.push(isEmpty ? { target, state: "empty" } : { target, state: "failed", error });
      if (error.code === "E_INTERRUPTED") break;
    }
  }
  return results;
}

/** The stores that failed, as they are reported. */
export function failuresOf(results: readonly StoreResult<unknown>[]) {
  return results.flatMap((result) => {
    if (result.state !== "failed") return [];
    const { code, message } = result.error;
    return [{ agentId: result.target.agentId, code, message }];
  });
}
