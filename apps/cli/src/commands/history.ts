import { formatAge, parseDuration, StoreError } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { historyCsvColumns, readHistory, toHistoryResult } from "@sessionsmith/sessions";
import type { HistoryQuery, SessionHistory } from "@sessionsmith/sessions";
import { chooseStores, readDurationMs, readMomentMs } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { sinceOption } from "../options/history-options.ts";
import {
  activeOption,
  csvOption,
  kindOption,
  labelOption,
  limitOption,
  offsetOption,
  searchOption,
} from "../options/list-options.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { outputView } from "../output-view.ts";
import { writeCsv } from "../render/csv.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";
import { UsageError } from "../usage-error.ts";
import { warnOfPending } from "../warn-of-pending.ts";

const defaultLimit = 100;

/** Runs `sessionsmith history`. */
export const runHistory: CommandHandler = async (call) => {
  const chosen = chooseStores(call, await call.io.loadHost());
  const [session] = call.arguments;
  const since = readSince(call.options, chosen.now);
  const more = { ...(session === undefined ? {} : { session }), ...(since === undefined ? {} : { since }) };
  return showHistory(call, chosen, { ...baseQuery(call.options, chosen), ...more });
};

/** Runs `sessionsmith list --status ended`: what the filters of `list` mean for sessions that are in no index any more. */
export const runEndedList: CommandHandler = async (call) => {
  const chosen = chooseStores(call, await call.io.loadHost());
  const activeMs = readDurationMs(call.options, activeOption, "m");
  const label = call.options.value(labelOption);
  const more = {
    ...(activeMs === undefined ? {} : { since: chosen.now - activeMs }),
    ...(label === undefined ? {} : { label }),
    onlyEnded: true,
  };
  return showHistory(call, chosen, { ...baseQuery(call.options, chosen), ...more });
};

function baseQuery(options: GivenOptions, { now, allAgents }: ChosenStores): HistoryQuery {
  const limit = options.value(limitOption);
  const search = options.value(searchOption);
  const kind = options.value(kindOption);
  if (kind === "spawn-child") throw new UsageError("--kind spawn-child is not known of sessions that ended");
  return {
    now,
    allAgents,
    limit: limit === undefined ? defaultLimit : (limit ?? "all"),
    offset: options.value(offsetOption) ?? 0,
    ...(search === undefined ? {} : { search }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
  };
}

/** A moment, or a duration before now. */
function readSince(options: GivenOptions, now: number): number | undefined {
  const text = options.value(sinceOption);
  const duration = text === undefined ? undefined : parseDuration(text);
  return duration?.ok === true ? now - duration.ms : readMomentMs(options, sinceOption);
}

async function showHistory(
  { io, options }: CommandCall,
  chosen: ChosenStores,
  query: HistoryQuery,
): Promise<ExitStatus> {
  const view = outputView(options, io);
  const csv = options.flag(csvOption) === true;
  if (csv && view.json) throw new UsageError("--csv can't be combined with --json");
  const history = readHistory(nodeEngineHost(chosen.host), chosen, query);
  if (query.session !== undefined && history.totalCount === 0) throw neverEnded(query.session);
  const { sessions, stores } = history;
  if (csv) {
    const rows = sessions.map((one) => historyCsvColumns.map((column) => column.cell(one)));
    await writeCsv(
      historyCsvColumns.map(({ name }) => name),
      rows,
      io.stdout,
    );
  } else if (view.json) writeJson(toHistoryResult(history), io.stdout);
  else io.stdout(historyText(history, io.columns));
  reportFindings([...chosen.settings.findings, ...chosen.findings], view, io);
  await warnOfPending(chosen, view, io);
  const failed = stores.flatMap(({ target, error }) =>
    error === undefined ? [] : [{ agentId: target.agentId, ...error }],
  );
  return reportFailedStores({ opened: stores.length, failed, leftOut: chosen.leftOut }, view, io);
}

function neverEnded(session: string): StoreError {
  return new StoreError("E_NOT_FOUND", `No session ${JSON.stringify(session)} has ended in these stores.`, {
    hint: "Give a whole key, session id or label; `sessionsmith history` lists what has ended.",
    details: { session },
  });
}

function historyText(
  { sessions, totalCount, query, stores }: SessionHistory,
  width: number | undefined,
): string {
  const [only, ...others] = stores;
  const place =
    only !== undefined && others.length === 0
      ? `Session store: ${only.target.indexPath}`
      : `Session stores: ${stores.length} (${stores.map(({ target }) => target.agentId).join(", ")})`;
  const shown = sessions.length === totalCount ? "" : ` of ${totalCount}`;
  const head = [safeText(place), `Ended sessions: ${sessions.length}${shown}`];
  if (sessions.length === 0) return `${head.join("\n")}\n`;
  const columns = [
    { header: "Ended" },
    { header: "Key", least: 24, distinct: true },
    { header: "Reason" },
    { header: "Session", least: 12, distinct: true },
    { header: "Tokens", spare: true },
    { header: "Label", least: 8, spare: true },
    { header: "State" },
  ];
  const rows = sessions.map((one) => [
    formatAge(query.now - one.endedAt),
    one.key,
    one.reason,
    one.sessionId ?? "",
    String(one.totalTokens ?? ""),
    one.label ?? "",
    one.restoredAt === undefined ? "ended" : "restored",
  ]);
  return `${[...head, ...renderTable({ columns, rows, width })].join("\n")}\n`;
}
