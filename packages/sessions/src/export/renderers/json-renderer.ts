import { exportedRecord, exportHead } from "../export-record.ts";
import { jsonText } from "../json-text.ts";
import { storedLine } from "../line-item.ts";
import type { SessionRenderer } from "../session-renderer.ts";

/** One JSON document: what the export is, and every session with its row and, a line each, the lines of its transcript. */
export function jsonRenderer(): SessionRenderer {
  let redact = false;
  let isFirst = true;
  return {
    begin: (about) => {
      redact = about.redacted;
      const head = Object.entries(exportHead(about)).map(
        ([name, value]) => `  "${name}": ${jsonText(value)},\n`,
      );
      return `{\n${head.join("")}  "sessions": [`;
    },
    openSession: (exported, n) => {
      const { transcript: _name, ...rest } = exportedRecord(exported, redact);
      isFirst = true;
      const fields = Object.entries(rest).map(([name, value]) => `      "${name}": ${jsonText(value)},\n`);
      const name = exported.transcript === undefined ? undefined : jsonText(exported.transcript.name);
      const opened =
        name === undefined ? `      "transcript": null` : `      "transcript": { "name": ${name}, "lines": [`;
      return `${n === 0 ? "\n" : ",\n"}    {\n${fields.join("")}${opened}`;
    },
    line: (item) => {
      const comma = isFirst ? "\n" : ",\n";
      isFirst = false;
      return `${comma}        ${jsonText(storedLine(item))}`;
    },
    closeSession: (end) => {
      if (end === undefined) return "\n    }";
      const { complete, unterminated } = end;
      return `\n      ], "complete": ${complete}, "unterminated": ${unterminated} }\n    }`;
    },
    end: () => "\n  ]\n}\n",
  };
}
