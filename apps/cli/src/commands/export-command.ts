import type { CommandSpec } from "../command-spec.ts";
import {
  exportFormatOption,
  forceOutputOption,
  outputOption,
  redactOption,
} from "../options/export-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith export`. */
export const exportCommand: CommandSpec = {
  name: "export",
  summary: "write sessions down as JSON, JSON lines, CSV, Markdown or HTML",
  description: [
    "Writes sessions with their transcripts to stdout, or to a new file with --output. Without a selection that is every session of the " +
      "store, the newest first; a glob or a session id may mean several, a key or a label has to mean one. Nothing of the store is changed.",
    "json and jsonl hold every row and every line of the transcripts exactly, and `sessionsmith import` reads them back. markdown and " +
      "html are for people; the page needs no network and no script. csv has a line for each session and no conversation. bytesagain " +
      "is the data.jsonl of bytesagain's session skill, for the sessions whose lease runs out some time.",
    "With --json and --output the answer says what was written; --json alone changes nothing, because the form is that of --format.",
  ],
  arguments: [
    { name: "[session]", description: "a session key, session id, label or glob (default: all sessions)" },
  ],
  optionGroups: [
    { heading: "How", options: [exportFormatOption, outputOption, forceOutputOption, redactOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith export agent:main:main --format markdown", purpose: "read a conversation" },
    {
      line: "sessionsmith export --format jsonl --output backup.jsonl",
      purpose: "every session, to import again",
    },
    {
      line: "sessionsmith export 'agent:main:telegram:*' --format html --redact --output chats.html",
      purpose: "a page to show somebody",
    },
    { line: "sessionsmith export --all-agents --format csv", purpose: "a table of all sessions" },
  ],
  exits: [0, 1, 2, 3, 10, 12, 15],
  load: async () => (await import("../exporting.ts")).runExport,
};
