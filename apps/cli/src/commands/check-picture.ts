import { formatBytes } from "@sessionsmith/core";
import { renderTable } from "../render/table.ts";
import type { ReportedStore } from "./check-report.ts";

/** Columns that the longest bar takes. */
const barWidth = 24;
/** Fields that are shown; what is smaller comes together in one line. */
const shownFields = 8;

interface Bar {
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
}

/** What takes the space of a store: a table of its files by class, and one of its index by field, each line with a bar. */
export function pictureLines(
  { files, fields }: Pick<ReportedStore, "fields" | "files">,
  width: number | undefined,
): readonly string[] {
  const classes = files.map(({ class: name, count, bytes }) => ({ name, count, bytes }));
  const largest = fields
    .slice(0, shownFields)
    .map(({ field, rows, bytes }) => ({ name: field, count: rows, bytes }));
  const others = fields.slice(shownFields);
  const rest = {
    name: `${others.length} other fields`,
    count: others.reduce((most, { rows }) => Math.max(most, rows), 0),
    bytes: others.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  return [
    ...barTable(["Files", "Count"], classes, width),
    ...barTable(["Fields of the index", "Rows"], others.length === 0 ? largest : [...largest, rest], width),
  ];
}

function barTable(
  [what, counted]: readonly [string, string],
  bars: readonly Bar[],
  width: number | undefined,
): readonly string[] {
  if (bars.length === 0) return [];
  const total = bars.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = bars.reduce((largest, { bytes }) => Math.max(largest, bytes), 1);
  const columns = [{ header: what }, { header: counted }, { header: "Bytes" }, { header: "Share", least: 6 }];
  const rows = bars.map(({ name, count, bytes }) => [
    name,
    String(count),
    formatBytes(bytes),
    `${String(Math.round((100 * bytes) / Math.max(total, 1))).padStart(3)} % ${"#".repeat(Math.round((barWidth * bytes) / most))}`,
  ]);
  return ["", ...renderTable({ columns, rows, width })];
}
