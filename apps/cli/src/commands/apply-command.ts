import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { configOption, stateDirOption } from "../options/selection-options.ts";
import {
  allowMassOption,
  allowOrphansOption,
  unchangedRowsOption,
  whileRunningOption,
} from "../options/writing-options.ts";

/** `sessionsmith apply`. */
export const applyCommand: CommandSpec = {
  name: "apply",
  summary: "run a saved plan",
  description: [
    "Runs exactly the plan that `sessionsmith cleanup --plan-out` saved, as one operation that `sessionsmith undo` takes back. " +
      "If an index has changed since, nothing is done and the sessions that differ are named (exit 13).",
  ],
  arguments: [{ name: "<plan>", description: "the file with the plan" }],
  optionGroups: [
    {
      heading: "How",
      options: [unchangedRowsOption, allowMassOption, allowOrphansOption, whileRunningOption],
    },
    { heading: "Where OpenClaw is", options: [stateDirOption, configOption] },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith apply cleanup.plan.json", purpose: "what was planned, or nothing" },
    {
      line: "sessionsmith apply cleanup.plan.json --unchanged-rows",
      purpose: "also if other sessions went on meanwhile",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../writing.ts")).runApply,
};
