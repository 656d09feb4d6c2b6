import { counted } from "../render/counted.ts";
import { relative, resolve } from "node:path";
import { detectLegacy, legacyDialects } from "@sessionsmith/migrate";
import type { LegacyDetection } from "@sessionsmith/migrate";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";

/** Runs `sessionsmith migrate detect <path>`. Exit 10 if there are no legacy sessions. */
export async function runMigrateDetect({ io, options }: CommandCall, path: string): Promise<ExitStatus> {
  const view = outputView(options, io);
  const host = await io.loadHost();
  const detection = detectLegacy(host.fs, resolve(host.cwd, path));
  if (view.json) writeJson(detectionJson(detection), io.stdout);
  else io.stdout(detectionText(detection, io.columns));
  reportFindings(detection.findings, view, io);
  return detection.sources.length === 0 ? 10 : 0;
}

function detectionJson({ path, files, sources, findings }: LegacyDetection): object {
  const described = files.map(({ dialect, ...file }) => ({ ...file, dialect: dialect ?? null }));
  return { path, sessionsFound: sources.length, files: described, findings };
}

function detectionText({ root, files, sources }: LegacyDetection, width: number | undefined): string {
  if (files.length === 0) return `There are no legacy sessions in ${safeText(root)}.\n`;
  const columns = [
    { header: "Dialect" },
    { header: "Role" },
    { header: "File", least: 24, distinct: true },
    { header: "Why", least: 20 },
  ];
  const rows = files.map(({ dialect, role, path, why }) => [dialect ?? "-", role, relative(root, path), why]);
  const dialects = [...new Set(files.flatMap(({ dialect }) => dialect ?? []))].toSorted();
  return `${[
    ...renderTable({ columns, rows, width }),
    "",
    ...dialects.map((dialect) => `${dialect}: ${legacyDialects[dialect]}`),
    counted(sources.length, "session"),
  ].join("\n")}\n`;
}
