import {
  listCsvColumns,
  toAriaList,
  toBytesagainList,
  toListResult,
  toOpenClawPythonList,
} from "@sessionsmith/sessions";
import type { SessionSelection } from "@sessionsmith/sessions";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeCsv } from "../render/csv.ts";
import { writeJson } from "../render/json.ts";
import { createPaint } from "../render/paint.ts";
import { safeText } from "../render/safe-text.ts";
import { renderSessionTable } from "../render/session-table.ts";

/** What a list is written as: text, JSON, CSV, or the JSON of another tool. */
export type ListShape = "text" | "json" | "csv" | "aria" | "bytesagain" | "openclaw-python";

/** Writes a list of sessions to standard output. */
export async function writeList(
  selection: SessionSelection,
  shape: ListShape,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): Promise<void> {
  if (shape === "text") return writeText(selection, io, view);
  if (shape === "csv") {
    const header = listCsvColumns.map(({ name }) => name);
    const rows = toListResult(selection).sessions.map((session) =>
      listCsvColumns.map((column) => column.cell(session)),
    );
    return writeCsv(header, rows, io.stdout);
  }
  writeJson(jsonShapes[shape](selection), io.stdout);
}

const jsonShapes = {
  json: toListResult,
  aria: (selection: SessionSelection) => ({ success: true, data: toAriaList(selection), error: null }),
  bytesagain: toBytesagainList,
  "openclaw-python": toOpenClawPythonList,
} as const;

function writeText(selection: SessionSelection, io: CliIo, view: OutputView): void {
  const { sessions } = toListResult(selection);
  const { titles, previews } = selection.query;
  const lines = headerLines(selection);
  if (sessions.length === 0) {
    lines.push("No sessions found.");
  } else {
    const several = selection.stores.length > 1;
    const paint = createPaint(view.color);
    const data = {
      sessions,
      withAgent: several,
      withTitles: titles,
      withPreviews: previews,
      width: io.columns,
      paint,
    };
    lines.push(...renderSessionTable(data));
  }
  io.stdout(`${lines.join("\n")}\n`);
}

function headerLines({ stores, sessions, totalCount, query }: SessionSelection): string[] {
  const [only, ...others] = stores;
  const agents = stores.map(({ target }) => target.agentId).join(", ");
  const place =
    only !== undefined && others.length === 0
      ? `Session store: ${only.target.indexPath}`
      : `Session stores: ${stores.length} (${agents})`;
  const lines = [place, `Sessions listed: ${sessions.length}${pageText(sessions.length, totalCount, query)}`];
  if (query.activeMs !== undefined) lines.push(`Filtered to last ${query.activeMs / 60_000} minute(s)`);
  return lines.map(safeText);
}

function pageText(shown: number, total: number, { limit, offset }: SessionSelection["query"]): string {
  if (shown === total) return "";
  return ` of ${total} (limit ${limit}${offset === 0 ? "" : `, offset ${offset}`})`;
}
