import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";

/** `sessionsmith explain`. */
export const explainCommand: CommandSpec = {
  name: "explain",
  summary: "say what a finding means, and what mends it",
  description: [
    "Explains a finding by its id: how serious it is, what it means, and what to do about it. Without an id it lists all ids.",
  ],
  arguments: [{ name: "[finding-id]", description: "the id of a finding; without it, all ids are listed" }],
  optionGroups: [{ heading: "Output", options: outputOptions }],
  examples: [
    { line: "sessionsmith explain", purpose: "all findings there are" },
    { line: "sessionsmith explain transcript-missing", purpose: "one of them" },
  ],
  exits: [0, 2],
  load: async () => (await import("../reading.ts")).runExplain,
};
