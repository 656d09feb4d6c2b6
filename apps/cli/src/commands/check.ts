import { addPromptBlobs, surveyStore } from "@sessionsmith/core";
import type { StoreSurvey, StoreTarget } from "@sessionsmith/core";
import { checkStore, readCheckFacts, readTranscriptFacts, storePicture } from "@sessionsmith/maintenance";
import type { TranscriptLook } from "@sessionsmith/maintenance";
import { isSqliteStore } from "@sessionsmith/store-sqlite";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { failuresOf, forEachStore } from "../for-each-store.ts";
import type { StoreResult } from "../for-each-store.ts";
import { deepOption } from "../options/check-options.ts";
import { outputView } from "../output-view.ts";
import { progressLine } from "../progress.ts";
import { writeJson } from "../render/json.ts";
import { createPaint } from "../render/paint.ts";
import { warnOfPending } from "../warn-of-pending.ts";
import { checkReport } from "./check-report.ts";
import { checkText } from "./check-text.ts";
import type { CheckedStore } from "./checked-store.ts";

/** Runs `sessionsmith check`: exit 4 if a finding is an error, however many stores could not be looked at. */
export const runCheck: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const deep = options.flag(deepOption) === true;
  const silent = view.quiet || view.json;
  const results = await forEachStore(chosen, async (target) => {
    if (isSqliteStore(chosen.host.fs, target.indexPath))
      return (await import("./check-database.ts")).checkDatabase(chosen.host, target.indexPath);
    const line = progressLine(io, chosen.host.clock, { what: `checking ${target.agentId}`, silent });
    const checked = checkOne(chosen, target, { deep, onProgress: line.show });
    line.clear();
    return checked;
  });
  const report = checkReport(results, { deep, others: [...chosen.settings.findings, ...chosen.findings] });
  if (view.json) writeJson(report, io.stdout);
  else
    io.stdout(
      checkText(report, { verbose: view.verbose, width: io.columns, paint: createPaint(view.color) }),
    );
  await warnOfPending(chosen, view, io);
  const status = reportFailedStores(storeResults(results, chosen.leftOut), view, io);
  return report.errors > 0 ? 4 : status;
};

function checkOne(
  { host, now, settings }: ChosenStores,
  target: StoreTarget,
  look: TranscriptLook,
): CheckedStore {
  const survey = withBlobs(host.fs, surveyStore(host, target, { nowMs: now }));
  const transcripts = readTranscriptFacts(host.fs, survey, look);
  const facts = readCheckFacts(host, survey, { settings, now });
  const findings = checkStore({ survey, transcripts, facts, deep: look.deep, now });
  return {
    ...storePicture(survey),
    era: survey.era.era,
    transcripts: transcripts.total,
    transcriptsLookedAt: transcripts.healths.size,
    findings,
  };
}

function withBlobs(fs: ChosenStores["host"]["fs"], survey: StoreSurvey): StoreSurvey {
  if (survey.snapshot === undefined) return survey;
  const snapshot = addPromptBlobs(fs, survey.snapshot);
  return { ...survey, snapshot, files: snapshot.files };
}

function storeResults(results: readonly StoreResult<CheckedStore>[], leftOut: number) {
  return { opened: results.length, failed: failuresOf(results), leftOut };
}
