import { counted } from "../render/counted.ts";
import { dirname, join, resolve } from "node:path";
import type { Host } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { exportSqliteStore, importJsonStore, isSqliteStore } from "@sessionsmith/store-sqlite";
import type { ContentCounts } from "@sessionsmith/store-sqlite";
import { readState } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { previewOption } from "../options/writing-options.ts";
import { outputView } from "../output-view.ts";
import { lockTimeoutMs } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";

const indexName = "sessions.json";

/** What a conversion made, or would make, as its JSON document has it. */
interface ConversionReport extends ContentCounts {
  readonly ok: true;
  readonly dryRun: boolean;
  readonly direction: "database-to-files" | "files-to-database";
  /** Absolute paths. */
  readonly from: string;
  readonly to: string;
  /** True if the copy was read again and compared with the original. */
  readonly compared: boolean;
  readonly operationId: string | null;
}

/** Runs `sessionsmith convert`. */
export const runConvert: CommandHandler = async (call) => {
  const { io, options } = call;
  const [from = "", to = ""] = call.arguments;
  if (from.trim() === "" || to.trim() === "") throw new UsageError("convert needs two paths");
  const host = await io.loadHost();
  const source = resolve(host.cwd, from);
  const target = resolve(host.cwd, to);
  const report = isSqliteStore(host.fs, source)
    ? await toFiles(call, host, { dbPath: source, storePath: indexAt(host, target) })
    : await toDatabase(call, host, { storePath: source, dbPath: target });
  if (outputView(options, io).json) writeJson(report, io.stdout);
  else io.stdout(`${reportLines(report).map(safeText).join("\n")}\n`);
  return 0;
};

interface Places {
  readonly dbPath: string;
  readonly storePath: string;
}

async function toDatabase(
  { options }: CommandCall,
  host: Host,
  { dbPath, storePath }: Places,
): Promise<ConversionReport> {
  const dryRun = options.flag(previewOption) === true;
  const counts = await importJsonStore({
    host: nodeEngineHost(host),
    dbPath,
    storePath,
    dryRun,
    lockTimeoutMs,
  });
  const direction = "files-to-database";
  return { ...made(dryRun), direction, from: storePath, to: dbPath, ...counts, operationId: null };
}

async function toFiles(
  call: CommandCall,
  host: Host,
  { dbPath, storePath }: Places,
): Promise<ConversionReport> {
  const { io, options } = call;
  const dryRun = options.flag(previewOption) === true;
  if (!dryRun) await requireFree(call, host, storePath);
  const { operationId, ...counts } = await io.interruptible((signal) =>
    exportSqliteStore({ host: nodeEngineHost(host), dbPath, storePath, dryRun, lockTimeoutMs, signal }),
  );
  const direction = "database-to-files";
  const place = { direction, from: dbPath, to: storePath } as const;
  return { ...made(dryRun), ...place, ...counts, operationId: operationId ?? null };
}

function made(dryRun: boolean) {
  return { ok: true, dryRun, compared: !dryRun } as const;
}

/** A gateway keeps its rows in memory, those of an empty store too. */
async function requireFree(call: CommandCall, host: Host, indexPath: string): Promise<void> {
  const sessionsDir = dirname(indexPath);
  const place = { indexPath, sessionsDir, agentId: "main", origin: "store-flag", shared: false } as const;
  const realDir = host.fs.realpath(sessionsDir) ?? sessionsDir;
  await requireNoGateway(
    { findings: [], realDir, target: place },
    { ...readState(call, host), io: call.io },
    "Stop the gateway, or name a place outside OpenClaw's state directory.",
  );
}

/** As stores are named everywhere: an index, or the directory that holds `sessions.json`. */
function indexAt({ fs }: Host, path: string): string {
  const kind = fs.stat(path)?.kind;
  const isDirectory = kind === "directory" || (kind === undefined && !path.endsWith(".json"));
  return isDirectory ? join(path, indexName) : path;
}

function reportLines(report: ConversionReport): readonly string[] {
  const { dryRun, direction, from, to, sessions, transcripts, lines, checkpoints, operationId } = report;
  const amount = [
    counted(sessions, "session"),
    `${counted(transcripts, "transcript")} with ${counted(lines, "line")}`,
    counted(checkpoints, "checkpoint"),
  ].join(", ");
  const kinds = direction === "files-to-database" ? "the files of" : "the database";
  if (dryRun) return [`Would copy ${kinds} ${from} to ${to}: ${amount}.`, "Nothing was changed (--dry-run)."];
  return [
    `Copied ${kinds} ${from} to ${to}: ${amount}.`,
    "Compared with the original: rows and their order, headers and lines, checkpoints and settings are the same, byte for byte.",
    ...(operationId === null
      ? []
      : [`Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`]),
  ];
}
