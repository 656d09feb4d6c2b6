import { safeText } from "./safe-text.ts";
import { cutEnd, shortenKeys } from "./shorten.ts";
import { textWidth } from "./text-width.ts";

/** One column of a text table. */
export interface TableColumn {
  readonly header: string;
  /** Columns of the terminal that it may be cut down to when the table is too wide; undefined = never cut. */
  readonly least?: number;
  /** True if the table may do without it where it is too wide even when cut. */
  readonly spare?: boolean;
  /** True if its values are names: they are cut in the middle, and only as far as they stay distinct. */
  readonly distinct?: boolean;
  /** Paints a cell; `value` is the raw one. */
  readonly paint?: (shown: string, value: string) => string;
}

/** What a table is made from. */
export interface TableData {
  readonly columns: readonly TableColumn[];
  /** Raw values, one for each column; they may hold anything that a store holds. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of the terminal; undefined if the output is no terminal: then nothing is cut. */
  readonly width: number | undefined;
}

const gap = "  ";

/** A column with its cells: as they are, and as they are shown. */
interface FilledColumn {
  readonly column: TableColumn;
  readonly values: readonly string[];
  readonly shown: readonly string[];
}

/**
 * Renders a table as lines without trailing spaces, the header first. Control characters in values are made visible.
 * A table that is wider than the terminal is cut from the right, column by column, each one down to its `least`; if that is not
 * enough, spare columns are left out, from the right too. Names stay distinct, even if the table gets too wide by that.
 */
export function renderTable({ columns, rows, width }: TableData): readonly string[] {
  const filled = columns.map((column, index) => {
    const values = rows.map((row) => row[index] ?? "");
    return { column, values, shown: values.map(safeText) };
  });
  const fitted = width === undefined ? filled : fit(filled, width);
  const widths = fitted.map(widthOf);
  const header = joinCells(
    fitted.map(({ column }, index) => pad(column.header, column.header, widths[index])),
  );
  const lines = rows.map((_, row) =>
    joinCells(
      fitted.map(({ column: { paint }, values, shown }, index) => {
        const cell = shown[row] ?? "";
        return pad(paint?.(cell, values[row] ?? "") ?? cell, cell, widths[index]);
      }),
    ),
  );
  return [header, ...lines];
}

type Columns = readonly FilledColumn[];

function fit(columns: Columns, width: number): Columns {
  const cut = cutColumns(columns, width);
  const spare = columns.findLastIndex(({ column }) => column.spare === true);
  return spare < 0 || tableWidth(cut) <= width ? cut : fit(columns.toSpliced(spare, 1), width);
}

function cutColumns(columns: Columns, width: number): Columns {
  const fitted = [...columns];
  let excess = tableWidth(columns) - width;
  for (const [index, filled] of [...columns.entries()].toReversed()) {
    const { least, distinct } = filled.column;
    const natural = widthOf(filled);
    if (excess <= 0) break;
    if (least === undefined || natural <= least) continue;
    const room = Math.max(least, natural - excess);
    const { shown } = filled;
    const cut = {
      ...filled,
      shown: distinct === true ? shortenKeys(shown, room) : shown.map((cell) => cutEnd(cell, room)),
    };
    fitted[index] = cut;
    excess -= natural - widthOf(cut);
  }
  return fitted;
}

function tableWidth(columns: Columns): number {
  return columns.reduce((sum, filled) => sum + widthOf(filled) + gap.length, -gap.length);
}

function widthOf({ column, shown }: FilledColumn): number {
  return shown.reduce((most, cell) => Math.max(most, textWidth(cell)), textWidth(column.header));
}

function pad(painted: string, cell: string, width = 0): string {
  return painted + " ".repeat(width - textWidth(cell));
}

function joinCells(cells: readonly string[]): string {
  return cells.join(gap).trimEnd();
}
