import { exportedRecord, exportHead } from "../export-record.ts";
import { jsonText } from "../json-text.ts";
import { storedLine } from "../line-item.ts";
import type { SessionRenderer } from "../session-renderer.ts";

/**
 * One JSON value on each line: what the export is; then for each session `{session}` with its row, `{line}` for each line of its
 * transcript, and `{end}`; at last `{done}`, so that an export that was cut is known as one.
 */
export function jsonlRenderer(): SessionRenderer {
  let redact = false;
  let count = 0;
  return {
    begin: (about) => {
      redact = about.redacted;
      return line(exportHead(about));
    },
    openSession: (exported) => {
      count += 1;
      return line({ session: exportedRecord(exported, redact) });
    },
    line: (item) => line({ line: storedLine(item) }),
    closeSession: (end) => line({ end: end ?? null }),
    end: () => line({ done: { sessions: count } }),
  };
}

function line(value: object): string {
  return `${jsonText(value)}\n`;
}
