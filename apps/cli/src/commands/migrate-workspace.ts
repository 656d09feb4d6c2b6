import { join, resolve } from "node:path";
import { findingCatalogue, readEra, requireUsableSettings, scanStore, StoreError } from "@sessionsmith/core";
import type { Plan, Step } from "@sessionsmith/core";
import { nodeEngineHost, writeOutputFile } from "@sessionsmith/core/engine";
import type { ApplyOutcome, RecoveredOperation } from "@sessionsmith/core/engine";
import { backupFolder, migrationRecipes, migrationReport, planMigration } from "@sessionsmith/migrate";
import type { MigrationReport, MigrationRequest, PlannedMigration } from "@sessionsmith/migrate";
import { chooseStores, readState } from "../choose-stores.ts";
import type { State } from "../choose-stores.ts";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { reportOption, toOption } from "../options/migrate-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { progressLine } from "../progress.ts";
import { applyWithProgress } from "../apply-with-progress.ts";
import { openStoreDirs } from "../open-store-dirs.ts";
import { recoverFirst, tellRecovered } from "../recover-first.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { reportFile } from "./migrate-report-file.ts";
import { readMigrationRequest, storeFinder } from "./migrate-request.ts";
import { writeMigration } from "./write-migration.ts";

/** Runs `sessionsmith migrate <workspace>`. */
export async function runMigrateWorkspace(call: CommandCall, workspace: string): Promise<ExitStatus> {
  const { io, options } = call;
  const view = outputView(options, io);
  // What is made of one file is garbage by the next, and there may be any number of files.
  await io.spareAllMemory();
  const state = readState(call, await io.loadHost());
  requireUsableSettings(state.settings);
  const request = readMigrationRequest(options, state, workspace);
  const reportPath = freeReportPath(options.value(reportOption), state);
  const dryRun = options.flag(previewOption) === true;
  const recovered = dryRun ? [] : await recoverStores(call, state);
  const planned = planWithProgress(call, state, request);
  const report = dryRun
    ? migrationReport(planned, { dryRun })
    : await migrate(call, state, { planned, request, recovered });
  if (reportPath !== undefined)
    writeOutputFile(nodeEngineHost(state.host), reportPath, {
      bytes: await reportFile(report, reportPath),
      force: false,
    });
  return writeMigration(report, call, view);
}

/**
 * What an interrupted migration had moved away, nobody would look for any more; so it is finished or taken back before anything
 * is looked for, in every store that it may have begun in.
 */
async function recoverStores(call: CommandCall, state: State): Promise<readonly RecoveredOperation[]> {
  const engine = nodeEngineHost(state.host);
  const to = call.options.value(toOption);
  const targets =
    to === undefined
      ? chooseStores(call, state.host, "every-store").targets
      : [storeFinder(call.options, state)("main")];
  const { fs } = state.host;
  const there = targets.filter(
    (target) => fs.stat(target.sessionsDir) !== undefined && readEra(fs, target).era === "json",
  );
  if (there.length === 0) return [];
  const recovered: RecoveredOperation[] = [];
  for (const { realDir } of openStoreDirs({ host: state.host, targets: there })) {
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    recovered.push(...(await recoverFirst(engine, realDir, call.io)));
  }
  return recovered;
}

/** Reading is half of the work. */
function planWithProgress(
  { io, options }: CommandCall,
  { host }: State,
  request: MigrationRequest,
): PlannedMigration {
  const view = outputView(options, io);
  const line = progressLine(io, host.clock, { what: "reading", silent: view.json || view.quiet });
  const onProgress = (done: number, total: number) => line.show({ done, total });
  try {
    const planned = planMigration(host, { ...request, onProgress });
    requireReadable(planned);
    return planned;
  } finally {
    line.clear();
  }
}

/** A place where nothing but a database was found is not one without sessions. */
function requireReadable({ detection: { sources, files, findings } }: PlannedMigration): void {
  const database = files.find(({ role }) => role === "database");
  if (database === undefined || sources.length > 0) return;
  const { path } = database;
  const why = findings.find(({ place }) => place.path === path);
  if (why === undefined) return;
  const given = why.details?.["problem"];
  const problem = typeof given === "string" ? given : "no SQLite library can be loaded";
  throw new StoreError(
    why.id === "legacy-database" ? "E_SQLITE_UNAVAILABLE" : "E_CORRUPT_INDEX",
    `${path} is a SQLite database of Clodds, but ${problem}. Nothing was changed.`,
    { hint: findingCatalogue[why.id].remedy, details: { path } },
  );
}

interface Migration {
  readonly planned: PlannedMigration;
  readonly request: ReturnType<typeof readMigrationRequest>;
  /** What was interrupted, and is over by now. */
  readonly recovered: readonly RecoveredOperation[];
}

async function migrate(
  { io, options }: CommandCall,
  state: State,
  { planned, request, recovered }: Migration,
): Promise<MigrationReport> {
  const engine = nodeEngineHost(state.host);
  await requireUnused(planned.plan, { state, io, request });
  let latest = planned;
  const replan = () => {
    latest = planMigration(state.host, request);
    return latest.plan;
  };
  const view = outputView(options, io);
  const recipes = migrationRecipes;
  const what = "migrating";
  const applied = await io.interruptible((signal) =>
    applyWithProgress(engine, planned.plan, { io, view, what, recipes, create: true, replan, signal }),
  );
  tellRecovered(applied.recovered, io);
  const { root } = latest.detection;
  const { operationId, warnings } = applied;
  const backupDir = hasBackup(applied) ? join(backupFolder(root), operationId ?? "") : undefined;
  const done =
    operationId === undefined ? finishedNow(state.host, root, recovered) : { operationId, backupDir };
  return migrationReport({ ...latest, plan: applied.plan }, { dryRun: false, ...done, warnings });
}

/** The migration of this workspace that was interrupted and has just been finished: by now there is nothing left to be done. */
function finishedNow({ fs }: State["host"], root: string, recovered: readonly RecoveredOperation[]) {
  const finished = recovered.filter(({ outcome }) => outcome === "finished");
  return finished
    .map(({ id }) => ({ operationId: id, backupDir: join(backupFolder(root), id) }))
    .find(({ backupDir }) => fs.lstat(backupDir) !== undefined);
}

function keepsOriginals({ kind }: Step): boolean {
  return kind === "write-output" || kind === "move-file";
}

function hasBackup({ operationId, plan }: ApplyOutcome): boolean {
  return operationId !== undefined && plan.parts.some(({ steps }) => steps.some(keepsOriginals));
}

/** A gateway that is running would write rows back, and answer with what it remembers. */
async function requireUnused(
  { parts }: Plan,
  {
    state,
    io,
    request,
  }: { readonly state: State; readonly io: CommandCall["io"]; readonly request: Migration["request"] },
): Promise<void> {
  const now = state.host.clock.now();
  for (const { store, steps } of parts) {
    if (steps.length === 0 || state.host.fs.lstat(store.indexPath) === undefined) continue;
    const snapshot = scanStore(state.host, request.storeOf(store.agentId), { nowMs: now });
    // oxlint-disable-next-line no-await-in-loop -- the first gateway ends it
    await requireNoGateway(snapshot, { ...state, io }, "Stop the gateway, then run the command again.");
  }
}

/** The report is written at the end, so that its name is looked at before anything is done. */
function freeReportPath(given: string | undefined, { host }: State): string | undefined {
  if (given === undefined) return undefined;
  const path = resolve(host.cwd, given);
  if (host.fs.lstat(path) === undefined) return path;
  throw new StoreError("E_REFUSED", `${path} exists already. Nothing was changed.`, {
    hint: "Name another file for the report.",
    details: { path },
  });
}
