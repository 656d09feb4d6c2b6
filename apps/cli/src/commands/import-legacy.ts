import { agentStoreTarget, requireUsableSettings, scanStore } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { migrationRecipes, migrationReport, planMigration } from "@sessionsmith/migrate";
import type { MigrationReport } from "@sessionsmith/migrate";
import { notImportable } from "@sessionsmith/sessions/change";
import { applyWithProgress } from "../apply-with-progress.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall } from "../command-spec.ts";
import { agentOption, storeOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { tellRecovered } from "../recover-first.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import type { ImportReport } from "./write-import.ts";

/**
 * Brings the records of bytesagain's script into a store, as `migrate` does, but for the copy of the original, which stays.
 * @throws StoreError E_USAGE if the file holds none
 */
export async function importLegacy(
  call: CommandCall,
  chosen: ChosenStores,
  path: string,
): Promise<ImportReport> {
  const { io, options } = call;
  const { host, settings } = chosen;
  requireUsableSettings(settings);
  const target = targetOf(call, chosen);
  const request = {
    workspace: path,
    agentId: target.agentId,
    storeOf: () => target,
    mainKey: settings.mainKey,
    backup: "none",
  } as const;
  let planned = planMigration(host, request);
  if (!planned.detection.files.some(({ dialect }) => dialect?.startsWith("bytesagain") === true))
    throw notImportable(path);
  const dryRun = options.flag(previewOption) === true;
  if (dryRun) return reportOf(migrationReport(planned, { dryRun }), target);
  if (host.fs.lstat(target.indexPath) !== undefined) {
    const snapshot = scanStore(host, target, { nowMs: chosen.now });
    await requireNoGateway(snapshot, { ...chosen, io }, "Stop the gateway, then run the command again.");
  }
  const replan = () => {
    planned = planMigration(host, request);
    return planned.plan;
  };
  const view = outputView(options, io);
  const work = { io, view, what: "importing", recipes: migrationRecipes, create: true, replan };
  const applied = await io.interruptible((signal) =>
    applyWithProgress(nodeEngineHost(host), planned.plan, { ...work, signal }),
  );
  tellRecovered(applied.recovered, io);
  const { operationId, warnings } = applied;
  return reportOf(migrationReport(planned, { dryRun, operationId, warnings }), target);
}

/** The store that was chosen, or the one of the default agent, be it there or not. */
function targetOf(
  { options }: CommandCall,
  { host, settings, stateDir, targets }: ChosenStores,
): StoreTarget {
  const [only] = targets;
  const isChosen = options.value(storeOption) !== undefined || options.value(agentOption) !== undefined;
  if (isChosen && only !== undefined) return only;
  return agentStoreTarget(host, settings, { stateDir, agentId: settings.defaultAgentId });
}

function reportOf(report: MigrationReport, { agentId, indexPath }: StoreTarget): ImportReport {
  const brought = report.sessions.filter(({ outcome }) => outcome === "migrate" || outcome === "there");
  const { dryRun, workspace, migrated, alreadyThere, operationId, warnings, errorDetails } = report;
  return {
    file: workspace,
    dryRun,
    stores: [
      {
        agentId,
        path: indexPath,
        added: migrated,
        alreadyThere,
        sessions: brought.map(({ keys, sessionId, legacyId, outcome }) => ({
          key: keys[0] ?? "",
          sessionId: sessionId ?? "",
          fromKey: legacyId,
          outcome: outcome === "migrate" ? "add" : "there",
          changes: sessionId === legacyId ? [] : ["new-id"],
        })),
        operationId,
        warnings,
      },
    ],
    troubles: errorDetails.map(({ line, error }) => ({ line: line ?? 0, problem: error })),
  };
}
