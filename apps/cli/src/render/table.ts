import { safeText } from "./safe-text.ts";
import { cutEnd, shortenKeys } from "./shorten.ts";
import { textWidth } from "./text-width.ts";

/** One column of a text table. */
export interface TableColumn {
  readonly header: string;
  /** Columns of the terminal that it may be cut down to when the table is too wide; undefined = never cut. */
  readonly least?: number;
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

/**
 * Renders a table as lines without trailing spaces, the header first. Control characters in values are made visible.
 * A table that is wider than the terminal is cut from the right, column by column, each one down to its `least`.
 */
export function renderTable(data: TableData): readonly string[] {
  const values = data.columns.map((_, index) => data.rows.map((row) => row[index] ?? ""));
  const shown = fit(
    data,
    values.map((column) => column.map(safeText)),
  );
  const widths = shown.map((column, index) => widthOf(column, data.columns[index]));
  const header = joinCells(
    data.columns.map((column, index) => pad(column.header, column.header, widths[index])),
  );
  const lines = data.rows.map((_, row) =>
    joinCells(
      data.columns.map(({ paint }, index) => {
        const cell = shown[index]?.[row] ?? "";
        return pad(paint?.(cell, values[index]?.[row] ?? "") ?? cell, cell, widths[index]);
      }),
    ),
  );
  return [header, ...lines];
}

type Columns = readonly (readonly string[])[];

function fit(data: TableData, columns: Columns): Columns {
  if (data.width === undefined) return columns;
  const widths = columns.map((column, index) => widthOf(column, data.columns[index]));
  let excess = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - data.width;
  const fitted = [...columns];
  for (let index = columns.length - 1; index >= 0 && excess > 0; index -= 1) {
    const { least, distinct } = data.columns[index] ?? {};
    const natural = widths[index] ?? 0;
    if (least === undefined || natural <= least) continue;
    const room = Math.max(least, natural - excess);
    const column = columns[index] ?? [];
    fitted[index] = distinct === true ? shortenKeys(column, room) : column.map((cell) => cutEnd(cell, room));
    excess -= natural - room;
  }
  return fitted;
}

function widthOf(cells: readonly string[], column: TableColumn | undefined): number {
  return cells.reduce((most, cell) => Math.max(most, textWidth(cell)), textWidth(column?.header ?? ""));
}

function pad(painted: string, cell: string, width = 0): string {
  return painted + " ".repeat(width - textWidth(cell));
}

function joinCells(cells: readonly string[]): string {
  return cells.join(gap).trimEnd();
}
