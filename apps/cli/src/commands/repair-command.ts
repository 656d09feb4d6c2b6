import type { CommandSpec } from "../command-spec.ts";
import { readingOptions } from "../options/output-options.ts";
import { applyOption, repairOptions } from "../options/repair-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith repair`. */
export const repairCommand: CommandSpec = {
  name: "repair",
  summary: "mend what `check` finds",
  description: [
    "Shows how the damage of a store can be mended; --apply does it, as one operation over all stores that " +
      "`sessionsmith undo` takes back. Without a selection everything is mended that can be. What is mended keeps every byte that was " +
      "whole, and nothing is invented: each row says where it comes from.",
    "A store that OpenClaw keeps in its database is left alone, and so is one that a running gateway has open.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "What", options: repairOptions },
    { heading: "How", options: [applyOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith repair", purpose: "what would be mended in the default agent's store" },
    { line: "sessionsmith repair --index --apply", purpose: "bring a lost or damaged index back" },
    { line: "sessionsmith repair --rename-agent work=office", purpose: "after an agent got another id" },
    {
      line: "sessionsmith repair --rebase /home/node=/home/ann --all-agents --apply",
      purpose: "after a store moved out of a container",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../repairing.ts")).runRepair,
};
