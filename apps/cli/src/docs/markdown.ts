import { textWidth } from "../render/text-width.ts";

/** The line under the title of every generated page. */
const generatedNote = "<!-- Made from the source code by `pnpm docs:write`; changes belong there. -->";

/** A Markdown table with aligned columns, as the formatter of this workspace writes it; pipes and line breaks are escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(escapeCell));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => textWidth(row[column] ?? ""))));
  const pad = (cell: string, column: number): string =>
    cell + " ".repeat((widths[column] ?? 0) - textWidth(cell));
  const [first = "", ...rest] = cells.map((row) => `| ${row.map(pad).join(" | ")} |`);
  return [first, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest].join("\n");
}

/** Text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A page: its blocks, an empty line between them. */
export function markdownPage(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, generatedNote, ...blocks].join("\n\n")}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
}
