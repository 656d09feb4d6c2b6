import { StoreError } from "@sessionsmith/core";
import { listOperations } from "@sessionsmith/core/engine";
import type { EngineHost, OperationSummary } from "@sessionsmith/core/engine";
import { openStoreDirs } from "./open-store-dirs.ts";
import type { StoreDir } from "./open-store-dirs.ts";
import type { ChosenStores } from "./choose-stores.ts";

/** An operation, and one of the stores that it changed. */
export interface FoundOperation extends StoreDir {
  readonly operation: OperationSummary;
}

/**
 * Looks for an operation in the chosen stores.
 * @throws StoreError E_NOT_FOUND if none of them knows it; E_JOURNAL_PENDING
 */
export function findOperation(chosen: ChosenStores, engine: EngineHost, id: string): FoundOperation {
  const dirs = openStoreDirs(chosen);
  for (const dir of dirs) {
    const operation = listOperations(engine.fs, dir.realDir).find((one) => one.id === id);
    if (operation !== undefined) return { ...dir, operation };
  }
  const whose = dirs.length === 1 ? "The store does not know" : `None of the ${dirs.length} stores knows`;
  throw new StoreError("E_NOT_FOUND", `${whose} an operation "${id}". Nothing was changed.`, {
    hint: "See `sessionsmith operations --all-agents`.",
    details: { operation: id },
  });
}
