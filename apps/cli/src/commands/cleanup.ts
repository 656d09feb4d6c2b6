import { resolveCleanupPolicy } from "@sessionsmith/maintenance";
import type { CleanupFlags } from "@sessionsmith/maintenance";
import { chooseStores, readDurationMs } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import {
  activeKeyOption,
  detailsOption,
  dryRunOption,
  olderThanOption,
  presetOption,
} from "../options/cleanup-options.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { reportFindings } from "../report-findings.ts";
import { outcomeJson, reportStores } from "./report-stores.ts";
import { scanForCleanup } from "./scan-for-cleanup.ts";
import { cleanupText } from "./cleanup-text.ts";

/** Runs `sessionsmith cleanup`: scans the stores, plans, and shows the plan. Nothing is changed. */
export const runCleanup: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const policy = resolveCleanupPolicy({ settings: chosen.settings, flags: cleanupFlags(options, chosen) });
  const scans = scanForCleanup(chosen);
  const details = !view.json || options.flag(detailsOption) === true;
  const outcomes = reportStores(scans, chosen, { policy, details });
  const documents = outcomes.map(outcomeJson);
  const several = chosen.allAgents || outcomes.length !== 1;
  if (!view.json) io.stdout(cleanupText(outcomes, { view, several, width: io.columns }));
  else
    writeJson(
      several
        ? { allAgents: chosen.allAgents, mode: policy.mode, dryRun: true, stores: documents }
        : documents[0],
      io.stdout,
    );

  const snapshots = scans.flatMap((scan) => (scan.state === "scanned" ? [scan.snapshot] : []));
  const findings = [
    ...chosen.settings.findings,
    ...chosen.findings,
    ...snapshots.flatMap((snapshot) => snapshot.findings),
  ];
  reportFindings(findings, view, io);
  if (options.flag(dryRunOption) !== true) io.stderr(`sessionsmith: ${nothingChanged[policy.mode]}\n`);
  const failed = outcomes.flatMap((outcome) =>
    outcome.ok ? [] : [{ agentId: outcome.target.agentId, ...outcome.error }],
  );
  return reportFailedStores({ opened: outcomes.length, failed, leftOut: chosen.leftOut }, view, io);
};

const nothingChanged = {
  warn: "nothing was changed: session.maintenance.mode is warn, and this version only previews.",
  enforce: "nothing was changed: session.maintenance.mode is enforce, but this version only previews.",
} as const;

function cleanupFlags(options: GivenOptions, { targets }: ChosenStores): CleanupFlags {
  const preset = options.value(presetOption);
  const pruneAfterMs = readDurationMs(options, olderThanOption);
  const oneAgent = targets.find(({ onlyAgentRows }) => onlyAgentRows === true);
  return {
    activeKeys: options.list(activeKeyOption),
    ...(preset === undefined ? {} : { preset }),
    ...(pruneAfterMs === undefined ? {} : { pruneAfterMs }),
    ...(oneAgent === undefined ? {} : { agentFilter: oneAgent.agentId }),
  };
}
