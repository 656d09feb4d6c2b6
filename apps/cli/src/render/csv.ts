const rowsPerChunk = 1000;

/**
 * Writes rows as CSV (RFC 4180 quoting, LF line ends), the header first. Cells are written as they are: whoever makes them
 * disarms formulas. Loads csv-stringify at the first use.
 */
export async function writeCsv(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  write: (text: string) => void,
): Promise<void> {
  const { stringify } = await import("csv-stringify/sync");
  write(stringify([[...header]]));
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    write(stringify(rows.slice(start, start + rowsPerChunk)));
  }
}
