import { bytesagainRenderer } from "./renderers/bytesagain-renderer.ts";
import { csvRenderer, type StringifyCsv } from "./renderers/csv-renderer.ts";
import { htmlRenderer } from "./renderers/html-renderer.ts";
import { jsonlRenderer } from "./renderers/jsonl-renderer.ts";
import { jsonRenderer } from "./renderers/json-renderer.ts";
import { markdownRenderer } from "./renderers/markdown-renderer.ts";
import type { SessionRenderer } from "./session-renderer.ts";

/** What sessions can be written down as. */
export const exportFormats = ["json", "jsonl", "csv", "markdown", "html", "bytesagain"] as const;

/** One of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number];

/** What is worth knowing of a format before it is written. */
export const exportFormatFacts: Readonly<
  Record<ExportFormat, { readonly titles: boolean; readonly transcripts: boolean }>
> = {
  json: { titles: false, transcripts: true },
  jsonl: { titles: false, transcripts: true },
  csv: { titles: false, transcripts: false },
  markdown: { titles: true, transcripts: true },
  html: { titles: true, transcripts: true },
  bytesagain: { titles: false, transcripts: false },
};

/** Makes what writes a format; each export needs a new one. */
export function exportRenderer(format: ExportFormat, stringifyCsv: StringifyCsv): SessionRenderer {
  switch (format) {
    case "json":
      return jsonRenderer();
    case "jsonl":
      return jsonlRenderer();
    case "csv":
      return csvRenderer(stringifyCsv);
    case "markdown":
      return markdownRenderer();
    case "html":
      return htmlRenderer();
    case "bytesagain":
      return bytesagainRenderer();
  }
}
