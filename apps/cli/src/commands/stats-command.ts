import type { CommandSpec } from "../command-spec.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { staleAfterOption, statsFormatOption } from "../options/stats-options.ts";

/** `sessionsmith stats`. */
export const statsCommand: CommandSpec = {
  name: "stats",
  summary: "count sessions by agent, kind, age and lease, and the bytes that they take",
  description: [
    "Counts the sessions of a store: how many are active, stale or of unknown age, of which agents and kinds, how many leases hold " +
      "or have run out, and what the files of the sessions directory take. No transcript is opened, and nothing is written.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "How", options: [staleAfterOption, statsFormatOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith stats", purpose: "the default agent's store" },
    { line: "sessionsmith stats --all-agents --stale-after 7d", purpose: "what nobody used for a week" },
    { line: "sessionsmith stats --format aria", purpose: "the JSON of Aria's get_session_stats" },
  ],
  exits: [0, 1, 2, 3, 10, 12, 15],
  load: async () => (await import("../exporting.ts")).runStats,
};
