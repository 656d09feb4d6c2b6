import { selectSessions, transcriptOpener } from "@sessionsmith/sessions";
import type { SessionSelection } from "@sessionsmith/sessions";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import type { StoreResults } from "../failed-stores.ts";
import type { ExitStatus } from "../exit-codes.ts";
import {
  csvOption,
  formatOption,
  previewsOption,
  spawnedByOption,
  statusOption,
  titlesOption,
  userOption,
} from "../options/list-options.ts";
import { longFlag } from "../options/option-spec.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { outputView } from "../output-view.ts";
import { readKeyringIfGiven } from "../read-keyring.ts";
import { reportDatabases } from "../report-databases.ts";
import { reportFindings } from "../report-findings.ts";
import { UsageError } from "../usage-error.ts";
import { warnOfPending } from "../warn-of-pending.ts";
import { listQuery } from "./list-query.ts";
import { writeList } from "./write-list.ts";
import type { ListShape } from "./write-list.ts";

/** Runs `sessionsmith list`: reads the stores, writes the list, and tells on standard error which stores failed. */
export const runList: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const shape = listShape(options, view.json);
  if (options.value(statusOption) === "ended") return listEnded(call);
  const chosen = chooseStores(call, await io.loadHost());
  const selection = select(chosen, call);
  await writeList(selection, shape, { io, view });
  if (!view.quiet) reportDatabases(chosen.host, selection.stores, { io, done: "listed" });
  reportFindings(selection.findings, view, io);
  await warnOfPending(chosen, view, io);
  return reportFailedStores(storeResults(selection, chosen.leftOut), view, io);
};

/** What only a row of an index tells can't be asked of sessions that have none any more. */
async function listEnded(call: CommandCall): Promise<ExitStatus> {
  const { options } = call;
  const given = [userOption, spawnedByOption, formatOption].filter((one) => options.value(one) !== undefined);
  const flags = [titlesOption, previewsOption].filter((one) => options.flag(one) === true);
  const [unfit] = [...given, ...flags];
  if (unfit !== undefined) throw new UsageError(`${longFlag(unfit)} can't be combined with --status ended`);
  const { runEndedList } = await import("../exporting.ts");
  return runEndedList(call);
}

/** The sessions, and all that was noticed on the way to them. */
function select(chosen: ChosenStores, call: CommandCall): SessionSelection {
  const { host, targets, settings } = chosen;
  const query = listQuery(call.options, chosen);
  const keyring = query.titles || query.previews ? readKeyringIfGiven(call, host) : undefined;
  const shown = keyring === undefined ? query : { ...query, opener: transcriptOpener(keyring) };
  const selection = selectSessions(host, { targets, settings }, shown);
  return { ...selection, findings: [...settings.findings, ...chosen.findings, ...selection.findings] };
}

function listShape(options: GivenOptions, json: boolean): ListShape {
  const format = options.value(formatOption);
  const csv = options.flag(csvOption) === true;
  if (csv && (json || format !== undefined))
    throw new UsageError("--csv can't be combined with --json or --format");
  return format ?? (csv ? "csv" : json ? "json" : "text");
}

function storeResults({ stores }: SessionSelection, leftOut: number): StoreResults {
  const failed = stores.flatMap(({ target, error }) =>
    error === undefined ? [] : [{ agentId: target.agentId, ...error }],
  );
  return { opened: stores.length, failed, leftOut };
}
