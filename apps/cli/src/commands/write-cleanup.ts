import type { StoreResult } from "../for-each-store.ts";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import type { CleanedStore } from "./cleaned-store.ts";
import type { CleanupOrder } from "./cleanup-order.ts";
import { cleanupLines } from "./cleanup-lines.ts";
import { cleanupText } from "./cleanup-text.ts";
import { emptyStoreReport } from "./empty-store-report.ts";

/** Writes what cleanup did, or would do: text, one JSON document, or under `--quiet` one line for each store that it changed. */
export function writeCleanup(
  results: readonly StoreResult<CleanedStore>[],
  { order, allAgents }: { readonly order: CleanupOrder; readonly allAgents: boolean },
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): void {
  const several = allAgents || results.length !== 1;
  if (!view.json && view.quiet && order.acts) {
    io.stdout(cleanupLines(results));
    return;
  }
  if (!view.json) {
    io.stdout(cleanupText(results, { view, several, order, width: io.columns }));
    return;
  }
  const stores = results.map((result) => storeJson(result, order));
  const { policy, acts } = order;
  writeJson(several ? { allAgents, mode: policy.mode, dryRun: !acts, stores } : stores[0], io.stdout);
}

function storeJson(result: StoreResult<CleanedStore>, order: CleanupOrder): object {
  if (result.state === "done") return result.value.report;
  const { target } = result;
  if (result.state === "empty") return emptyStoreReport(target, order);
  const { code, message, hint = null, details } = result.error;
  return {
    agentId: target.agentId,
    storePath: target.indexPath,
    error: { code, message, hint, details },
  };
}
