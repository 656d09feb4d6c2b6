import { formatBytes, formatDuration } from "@sessionsmith/core";
import { countSessions, toAriaStats, toBytesagainStats, toStatsResult } from "@sessionsmith/sessions";
import type { SessionStats } from "@sessionsmith/sessions";
import { chooseStores, readDurationMs } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { staleAfterOption, statsFormatOption } from "../options/stats-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { reportDatabases } from "../report-databases.ts";
import { reportFindings } from "../report-findings.ts";
import { warnOfPending } from "../warn-of-pending.ts";

const defaultStaleAfterMs = 60 * 60_000;

/** Runs `sessionsmith stats`. */
export const runStats: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const staleAfterMs = readDurationMs(options, staleAfterOption) ?? defaultStaleAfterMs;
  const format = options.value(statsFormatOption);
  const chosen = chooseStores(call, await io.loadHost());
  const { host, now, settings, allAgents } = chosen;
  const counted = countSessions(host, chosen, { now, staleAfterMs, allAgents });
  const stats = { ...counted, findings: [...settings.findings, ...chosen.findings, ...counted.findings] };
  if (format === undefined && !view.json) io.stdout(statsText(stats));
  else writeJson(jsonShapes[format ?? "own"](stats), io.stdout);
  if (!view.quiet) reportDatabases(host, stats.stores, { io, done: "counted" });
  reportFindings(stats.findings, view, io);
  await warnOfPending(chosen, view, io);
  const failed = stats.stores.flatMap(({ target, error }) =>
    error === undefined ? [] : [{ agentId: target.agentId, ...error }],
  );
  return reportFailedStores({ opened: stats.stores.length, failed, leftOut: chosen.leftOut }, view, io);
};

const jsonShapes = {
  own: toStatsResult,
  aria: (stats: SessionStats) => ({ success: true, data: toAriaStats(stats), error: null }),
  bytesagain: toBytesagainStats,
} as const;

function statsText(stats: SessionStats): string {
  const { stores, leases, bytes, query } = stats;
  const [only, ...others] = stores;
  const place =
    only !== undefined && others.length === 0
      ? `Session store: ${only.target.indexPath}`
      : `Session stores: ${stores.length} (${stores.map(({ target }) => target.agentId).join(", ")})`;
  const ages = [
    `${stats.activeSessions} active`,
    `${stats.staleSessions} stale for more than ${formatDuration(query.staleAfterMs)}`,
    `${stats.unknownAgeSessions} of unknown age`,
  ];
  const ttl = leases.averageTtlSeconds;
  const lines = [
    place,
    `Sessions: ${stats.totalSessions} (${ages.join(", ")})`,
    `By agent: ${countsText(stats.byAgent)}`,
    `By kind: ${countsText(stats.byKind)}`,
    `Leases: ${leases.active} active, ${leases.expired} expired, ${leases.users} users` +
      (ttl === undefined ? "" : `, ${Math.round(ttl)} s to live on average`),
    `Bytes: ${formatBytes(bytes.total)} (index ${formatBytes(bytes.index)}, transcripts ${formatBytes(bytes.transcripts)}, ` +
      `archives ${formatBytes(bytes.archives)}, sidecars ${formatBytes(bytes.sidecars)}, other ${formatBytes(bytes.other)})`,
  ];
  return `${lines.map(safeText).join("\n")}\n`;
}

function countsText(counts: ReadonlyMap<string, number>): string {
  return counts.size === 0 ? "none" : [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}
