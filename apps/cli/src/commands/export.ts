import { counted } from "../render/counted.ts";
import { resolve } from "node:path";
import { readLease } from "@sessionsmith/core";
import type { Host, JsonObject } from "@sessionsmith/core";
import { nodeEngineHost, requireOutputPath, writeOutputFile } from "@sessionsmith/core/engine";
import { exportFormatFacts, exportPieces, exportRenderer, selectExported } from "@sessionsmith/sessions";
import type { ExportedSession, ExportFormat, ExportSelection } from "@sessionsmith/sessions";
import { stringify } from "csv-stringify/sync";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import type { CliIo } from "../io.ts";
import {
  exportFormatOption,
  forceOutputOption,
  outputOption,
  redactOption,
} from "../options/export-options.ts";
import { outputView } from "../output-view.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { reportDatabases } from "../report-databases.ts";
import { reportFindings } from "../report-findings.ts";
import { UsageError } from "../usage-error.ts";
import { warnOfPending } from "../warn-of-pending.ts";

/** Runs `sessionsmith export`. */
export const runExport: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const [session] = call.arguments;
  const order = {
    format: options.value(exportFormatOption) ?? "json",
    redact: options.flag(redactOption) === true,
    force: options.flag(forceOutputOption) === true,
    output: options.value(outputOption),
  };
  if (order.force && order.output === undefined) throw new UsageError("--force goes with --output");
  const chosen = chooseStores(call, await io.loadHost());
  const { host, now, allAgents } = chosen;
  const path = order.output === undefined ? undefined : resolve(host.cwd, order.output);
  if (path !== undefined) requireOutputPath(nodeEngineHost(host), path, order.force);
  const { titles } = exportFormatFacts[order.format];
  const query = { now, allAgents, titles, ...(session === undefined ? {} : { session }) };
  const selection = selectExported(host, chosen, query);
  const incomplete = await write(selection, { ...order, path, now, host }, io);
  if (path !== undefined)
    tellWritten(selection, { ...order, path, incomplete: incomplete.length }, { io, view });
  if (order.format === "bytesagain") tellLeftOut(selection, view, io);
  if (!view.quiet) reportDatabases(host, selection.stores, { io, done: "exported" });
  for (const { session: one } of incomplete)
    io.stderr(`sessionsmith: a part of the transcript of ${safeText(one.key)} was left out.\n`);
  reportFindings([...chosen.settings.findings, ...chosen.findings, ...selection.findings], view, io);
  await warnOfPending(chosen, view, io);
  const failed = selection.stores.flatMap(({ target, error }) =>
    error === undefined ? [] : [{ agentId: target.agentId, ...error }],
  );
  const results = { opened: selection.stores.length, failed, leftOut: chosen.leftOut };
  const status = reportFailedStores(results, view, io);
  return status === 0 && incomplete.length > 0 ? 3 : status;
};

interface WritingOrder {
  readonly format: ExportFormat;
  readonly redact: boolean;
  readonly force: boolean;
  /** Absolute; undefined for standard output. */
  readonly path: string | undefined;
  readonly now: number;
  readonly host: Host;
}

/** @returns the sessions of which something was left out */
async function write(
  { sessions }: ExportSelection,
  { format, redact, force, path, now, host }: WritingOrder,
  io: CliIo,
): Promise<readonly ExportedSession[]> {
  const about = { exportedAt: now, redacted: redact, sessions };
  const renderer = exportRenderer(format, (rows) => stringify(rows.map((row) => [...row])));
  const { transcripts } = exportFormatFacts[format];
  const pieces = exportPieces(host.fs, { about, renderer, transcripts });
  let next = pieces.next();
  if (path === undefined) {
    while (next.done !== true) {
      io.stdout(next.value);
      // oxlint-disable-next-line no-await-in-loop -- as fast as somebody reads
      if (!(await io.drained())) return [];
      next = pieces.next();
    }
    return next.value;
  }
  const bytes = (take: (piece: Uint8Array) => void): void => {
    for (; next.done !== true; next = pieces.next()) take(Buffer.from(next.value, "utf8"));
  };
  writeOutputFile(nodeEngineHost(host), path, { bytes, force });
  return next.done === true ? next.value : [];
}

function tellWritten(
  { sessions }: ExportSelection,
  written: {
    readonly format: ExportFormat;
    readonly path: string;
    readonly redact: boolean;
    readonly incomplete: number;
  },
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): void {
  const { format, path, redact, incomplete } = written;
  const exported = sessions.length;
  if (view.json)
    writeJson({ ok: true, exported, incomplete, file: path, format, redacted: redact }, io.stdout);
  else io.stdout(`Exported ${counted(exported, "session")} to ${safeText(path)}.\n`);
}

/** What the records of bytesagain's script can't do without. */
function hasEnd(entry: JsonObject): boolean {
  const lease = readLease(entry);
  return lease?.ttlSeconds !== undefined;
}

function tellLeftOut({ sessions }: ExportSelection, { quiet }: OutputView, io: CliIo): void {
  const endless = sessions.filter(({ session }) => !hasEnd(session.entry)).length;
  if (endless === 0 || quiet) return;
  io.stderr(
    `sessionsmith: ${counted(endless, "session")} without a lease that runs out ${endless === 1 ? "was" : "were"} left out.\n`,
  );
}
