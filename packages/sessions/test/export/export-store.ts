import { exportFormatFacts, type ExportFormat, exportRenderer } from "../../src/export/export-formats.ts";
import { selectExported } from "../../src/export/select-exported.ts";
import { exportPieces } from "../../src/export/write-export.ts";
import type { MemoryFs } from "@sessionsmith/testkit";
import { now, scopeOn, targetOf } from "../change/changed-store.ts";

/** What is special about an export. */
export interface ExportSetting {
  readonly session?: string;
  readonly redact?: boolean;
}

/** Exports the store of the agent `main` as text. */
export function exported(
  fs: MemoryFs,
  format: ExportFormat,
  { session, redact = false }: ExportSetting = {},
): string {
  const { host, settings } = scopeOn(fs);
  const { titles, transcripts } = exportFormatFacts[format];
  const query = { now, allAgents: false, titles, ...(session === undefined ? {} : { session }) };
  const { sessions } = selectExported(host, { targets: [targetOf("main")], settings }, query);
  const about = { exportedAt: now, redacted: redact, sessions };
  return [...exportPieces(host.fs, { about, renderer: exportRenderer(format, csv), transcripts })].join("");
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}
