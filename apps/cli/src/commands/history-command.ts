import type { CommandSpec } from "../command-spec.ts";
import { sinceOption } from "../options/history-options.ts";
import { csvOption, kindOption, limitOption, offsetOption, searchOption } from "../options/list-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith history`. */
export const historyCommand: CommandSpec = {
  name: "history",
  summary: "list the sessions that ended: when, why, and what they had used up",
  description: [
    "Reads the ledger of a store, in which every session that cleanup, reset or delete ends leaves a record: its key, id, agent and " +
      "kind, when it began and ended, its tokens, cost and label. Nothing of the conversation is in it. A key, an id or a label " +
      "shows every generation of it. Records are only ever added; a session that `undo` brought back says when. Nothing is written.",
  ],
  arguments: [{ name: "[session]", description: "a session key, session id or label, as a whole" }],
  optionGroups: [
    { heading: "Which of them", options: [sinceOption, kindOption, searchOption, limitOption, offsetOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [csvOption, ...readingOptions] },
  ],
  examples: [
    { line: "sessionsmith history --since 7d", purpose: "what ended in the last week" },
    { line: "sessionsmith history agent:main:telegram:direct:123", purpose: "every generation of a key" },
    { line: "sessionsmith history --all-agents --limit all --csv", purpose: "all of it for a spreadsheet" },
  ],
  exits: [0, 1, 2, 3, 10, 15],
  load: async () => (await import("../exporting.ts")).runHistory,
};
