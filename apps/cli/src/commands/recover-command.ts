import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith recover`. */
export const recoverCommand: CommandSpec = {
  name: "recover",
  summary: "finish or take back what was interrupted",
  description: [
    "Looks for operations that a crash or a signal interrupted, and finishes them, or takes them back if the index had not been " +
      "switched yet. Every command that writes does this first, so it is needed only to put things in order at once, and for " +
      "a journal that has lost its end, which it writes anew. " +
      "Without a selection all stores of the state directory are looked at.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith recover", purpose: "every store of the state directory" },
    { line: "sessionsmith recover --agent work --json", purpose: "one agent's store, for a script" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 14, 15],
  load: async () => (await import("../writing.ts")).runRecover,
};
