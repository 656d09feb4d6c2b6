import type { CommandSpec } from "../command-spec.ts";
import { leaseFormatOption } from "../options/lease-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "./session-argument.ts";

/** `sessionsmith get`. */
export const getCommand: CommandSpec = {
  name: "get",
  summary: "show the user, lease and metadata of a session",
  description: [
    "Shows one session as one that has a user, a time to live and metadata. Whether its lease has run out is worked out at each " +
      "look, and looking does not count as access. Nothing is written.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [leaseFormatOption, ...readingOptions] },
  ],
  examples: [
    { line: "sessionsmith get 0ced8fd6a280", purpose: "by its id" },
    { line: "sessionsmith get agent:main:main --json", purpose: "by its key, for a script" },
  ],
  exits: [0, 1, 2, 10, 12, 15],
  load: async () => (await import("../leasing.ts")).runGet,
};
