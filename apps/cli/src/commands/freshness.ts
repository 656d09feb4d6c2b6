import { parseRow, parseRowTime, selectNewest } from "@sessionsmith/core";
import type { IndexDocument, IndexRow, StoreTarget } from "@sessionsmith/core";
import {
  findSessions,
  formatTimeOfDay,
  formatZonedTime,
  freshness,
  parseIdleMinutes,
  parseTimeOfDay,
  readStores,
  requireTimeZone,
  sessionClock,
  sessionNotFound,
  storedResetPolicy,
  systemTimeZone,
} from "@sessionsmith/sessions";
import type { ResetPolicy } from "@sessionsmith/sessions";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import type { GivenOptions } from "../options/given-options.ts";
import {
  dailyResetOption,
  freshnessLimitOption,
  idleResetOption,
  timeZoneOption,
} from "../options/manager-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";

/** What is told of a store. */
interface StoreFreshness {
  readonly agentId: string;
  readonly path: string;
  /** As `H:MM`; null: never. */
  readonly dailyReset: string | null;
  readonly idleResetMinutes: number | null;
  readonly timeZone: string;
  readonly sessions: readonly SessionFreshness[];
}

/** What is told of a session. Times are epoch ms, null if unknown. */
interface SessionFreshness {
  readonly key: string;
  readonly sessionId: string | null;
  readonly sessionStartedAt: number | null;
  readonly lastInteractionAt: number | null;
  readonly updatedAt: number | null;
  readonly nextResetAt: number | null;
  readonly reason: "daily" | "idle" | null;
  readonly wouldReset: boolean;
}

const defaultLimit = 100;

/** Runs `sessionsmith freshness`. */
export const runFreshness: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost());
  const readings = readStores(chosen.host, chosen.targets, chosen);
  const stores = readings.flatMap(({ target, document }) =>
    document === undefined ? [] : [storeFreshness(call, chosen, { target, document })],
  );
  const [word] = call.arguments;
  if (word !== undefined && stores.every(({ store }) => store.sessions.length === 0))
    throw sessionNotFound(word);
  if (view.json) writeJson({ now: chosen.now, stores: stores.map(({ store }) => store) }, io.stdout);
  else io.stdout(`${stores.flatMap(({ store }) => storeLines(store, io.columns)).join("\n")}\n`);
  reportFindings(
    [...chosen.settings.findings, ...chosen.findings, ...stores.flatMap(({ trouble }) => trouble ?? [])],
    view,
    io,
  );
  const failed = readings.flatMap(({ target, error }) =>
    error === undefined ? [] : [{ agentId: target.agentId, code: error.code, message: error.message }],
  );
  return reportFailedStores({ opened: readings.length, failed, leftOut: chosen.leftOut }, view, io);
};

interface ReadStore {
  readonly target: StoreTarget;
  readonly document: IndexDocument;
}

function storeFreshness({ options, arguments: [word] }: CommandCall, chosen: ChosenStores, read: ReadStore) {
  const { host, settings, now } = chosen;
  const { target, document } = read;
  const stored = storedResetPolicy(host.fs, target);
  const policy = policyOf(options, stored.policy);
  const rows =
    word === undefined
      ? document.rows.filter(({ shadowed }) => !shadowed)
      : findSessions([read], { text: word }, settings).map(({ row }) => row);
  const { daily, idleMinutes, timeZone } = policy;
  const limit = options.value(freshnessLimitOption) ?? defaultLimit;
  const store: StoreFreshness = {
    agentId: target.agentId,
    path: target.indexPath,
    dailyReset: daily === undefined ? null : formatTimeOfDay(daily),
    idleResetMinutes: idleMinutes ?? null,
    timeZone,
    sessions: newest(rows, limit).map((row) => sessionFreshness(document, row, { policy, now })),
  };
  return { store, trouble: stored.trouble };
}

/** Flags win over what the store remembers. */
function policyOf(options: GivenOptions, stored: ResetPolicy | undefined): ResetPolicy {
  const [daily, idle] = [options.value(dailyResetOption), options.value(idleResetOption)];
  const timeZone = options.value(timeZoneOption) ?? stored?.timeZone ?? systemTimeZone();
  requireTimeZone(timeZone);
  return {
    daily: daily === undefined ? stored?.daily : daily === "off" ? undefined : parseTimeOfDay(daily),
    idleMinutes:
      idle === undefined ? stored?.idleMinutes : idle === "off" ? undefined : parseIdleMinutes(idle),
    timeZone,
  };
}

function newest(rows: readonly IndexRow[], limit: number): readonly IndexRow[] {
  return selectNewest(rows, limit, (one, other) => timeOf(other) - timeOf(one));
}

function timeOf({ updatedAt }: IndexRow): number {
  const time = parseRowTime(updatedAt);
  return time.known ? time.atMs : 0;
}

function sessionFreshness(
  document: IndexDocument,
  row: IndexRow,
  { policy, now }: { readonly policy: ResetPolicy; readonly now: number },
): SessionFreshness {
  const clock = sessionClock(parseRow(document, row) ?? {});
  const { next, wouldReset } = freshness(clock, policy, now);
  return {
    key: row.key,
    sessionId: row.sessionId ?? null,
    sessionStartedAt: clock.sessionStartedAt ?? null,
    lastInteractionAt: clock.lastInteractionAt ?? null,
    updatedAt: clock.updatedAt ?? null,
    nextResetAt: next?.at ?? null,
    reason: next?.reason ?? null,
    wouldReset,
  };
}

function storeLines(store: StoreFreshness, width: number | undefined): readonly string[] {
  const { path, dailyReset, idleResetMinutes, timeZone, sessions } = store;
  const resets = [
    dailyReset === null ? "no daily reset" : `daily reset at ${dailyReset} (${timeZone})`,
    idleResetMinutes === null ? "no idle reset" : `reset after ${idleResetMinutes} minutes idle`,
  ];
  const head = [safeText(`Session store: ${path}`), `Resets: ${resets.join(", ")}`];
  if (sessions.length === 0) return [...head, "No sessions found."];
  const rows = sessions.map(({ key, nextResetAt, reason, wouldReset }) => [
    key,
    nextResetAt === null ? "never" : formatZonedTime(nextResetAt, timeZone),
    reason ?? "",
    wouldReset ? "due: the next message begins a new session" : "",
  ]);
  const columns = [
    { header: "Key", least: 20, distinct: true },
    { header: "Next reset" },
    { header: "Reason" },
    { header: "", least: 4 },
  ];
  return [...head, ...renderTable({ columns, rows, width })];
}
