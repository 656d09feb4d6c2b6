import { resolve } from "node:path";
import { isStoreError, type StoreError } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import { nodeEngineHost, requireOutputPath, writeOutputFile } from "@sessionsmith/core/engine";
import type { StoreResult } from "../for-each-store.ts";
import type { CleanedStore } from "./cleaned-store.ts";
import { renderCleanupMetrics } from "./cleanup-metrics.ts";
import type { CleanupOrder } from "./cleanup-order.ts";
import type { ExitStatus } from "../exit-codes.ts";

type MetricsOrder = Pick<CleanupOrder, "force" | "metricsFile">;

/**
 * Checks before anything is done that the numbers of the run can be written where they were asked for.
 * @throws StoreError E_REFUSED if the file exists and `--force` was not given; E_NOT_FOUND if its directory is not there
 */
export function requireMetricsPath({ metricsFile, force }: MetricsOrder, host: Host): void {
  if (metricsFile === undefined) return;
  requireOutputPath(nodeEngineHost(host), resolve(host.cwd, metricsFile), force);
}

/** How a run ended, for each store and as a whole. */
export interface EndedRun {
  readonly results: readonly StoreResult<CleanedStore>[];
  readonly exitStatus: ExitStatus;
}

/**
 * Writes the numbers of a run. A file that is there is replaced at once, never emptied first.
 * @returns why it could not be written: the run itself is done by then
 */
export function saveMetrics(
  { results, exitStatus }: EndedRun,
  { metricsFile, force }: MetricsOrder,
  host: Host,
): string | undefined {
  if (metricsFile === undefined) return undefined;
  const stores = results
    .filter(({ state }) => state !== "empty")
    .map((result) => ({
      agentId: result.target.agentId,
      storePath: result.target.indexPath,
      report: result.state === "done" ? result.value.report : undefined,
      isHeldBack: isHeldBack(result),
    }));
  const run = { endedAtMs: host.clock.now(), exitStatus };
  const bytes = Buffer.from(renderCleanupMetrics(stores, run));
  try {
    writeOutputFile(nodeEngineHost(host), resolve(host.cwd, metricsFile), { bytes, force });
    return undefined;
  } catch (error) {
    if (isStoreError(error)) return error.message;
    throw error;
  }
}

function isHeldBack(result: StoreResult<CleanedStore>): boolean {
  if (result.state === "empty") return false;
  const guards = result.state === "done" ? result.value.report.blockedBy : guardsOf(result.error);
  return guards.length > 0;
}

/** The guards by which the engine refuses a plan. */
function guardsOf({ details }: StoreError): readonly unknown[] {
  const guards = details["blockedBy"];
  return Array.isArray(guards) ? guards : [];
}
