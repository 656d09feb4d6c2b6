/**
 * Makes a text safe to open in a spreadsheet: a cell that would be taken for a formula
 * (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in front.
 */
export function guardFormula(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
