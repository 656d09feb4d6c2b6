import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { type PlannedUndo, planUndoOf, type UndoOrder } from "./plan-undo-of.ts";
import { readOperation } from "./read-operation.ts";

/**
 * Plans to take a migration back, in all the stores that it changed. What has gone on since is a conflict and stays. Reads only.
 * @throws StoreError E_REFUSED if the operation is no migration; as {@link planUndoOf}
 */
export function planRollback(host: EngineHost, order: UndoOrder): PlannedUndo {
  const { realDir, operationId } = order;
  const command = readOperation(host.fs, realDir, operationId).record?.begin.command;
  if (command !== undefined && command !== "migrate") {
    throw new StoreError(
      "E_REFUSED",
      `Operation ${operationId} is no migration but a ${command}. Nothing was changed.`,
      { hint: "`sessionsmith undo` takes it back.", details: { operation: operationId, command } },
    );
  }
  return planUndoOf(host, order);
}
