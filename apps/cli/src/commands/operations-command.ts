import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith operations`. */
export const operationsCommand: CommandSpec = {
  name: "operations",
  summary: "list what was done to a store, newest first",
  description: [
    "Lists the operations that changed a store: when, by which command, how many sessions and files, and whether it is done, " +
      "interrupted, taken back while it ran (rolled-back) or undone by a later operation, wholly or in part (partly-undone). Purged operations are gone. Nothing is written.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith operations", purpose: "the default agent's store" },
    { line: "sessionsmith operations --all-agents --json", purpose: "every agent's store, for a script" },
  ],
  exits: [0, 1, 2, 3, 10, 14, 15],
  load: async () => (await import("../writing.ts")).runOperations,
};
