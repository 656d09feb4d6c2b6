import type { CommandSpec } from "../command-spec.ts";
import { listFilterOptions, listShapeOptions } from "../options/list-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith list`, and what a bare `sessionsmith` does. */
export const listCommand: CommandSpec = {
  name: "list",
  summary: "list stored sessions, newest first",
  description: [
    "Lists the sessions that are stored in the index, newest first, at most 100 of them. Nothing is written.",
    "A list shows stored rows; it does not tell whether a channel is alive. A quiet channel can be connected without a " +
      "new row until its next message. OpenClaw shows live connections with\n" +
      "- openclaw channels status --probe\n- openclaw status --deep\n- openclaw health --verbose",
  ],
  arguments: [],
  optionGroups: [
    { heading: "Which sessions", options: listFilterOptions },
    { heading: "What of them", options: listShapeOptions },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith list --agent work --limit 25", purpose: "the newest 25 sessions of one agent" },
    {
      line: "sessionsmith list --all-agents --active 120",
      purpose: "what was used in the last two hours, everywhere",
    },
    { line: "sessionsmith list --kind group --search family", purpose: "find a group" },
    { line: "sessionsmith list --limit all --json", purpose: "everything, for a script" },
    { line: "sessionsmith list --csv --titles", purpose: "a table for a spreadsheet" },
  ],
  exits: [0, 1, 2, 3, 10, 12, 15],
  load: async () => (await import("../reading.ts")).runList,
};
