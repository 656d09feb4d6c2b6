import type { CommandSpec } from "../command-spec.ts";
import { jsonValuesOption, leaseFormatOption } from "../options/lease-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith set`. */
export const setCommand: CommandSpec = {
  name: "set",
  summary: "keep a value with a session",
  description: [
    "Keeps a value in the metadata of a session that has a lease. It counts as access: the last access and the last update are now; " +
      "the lease goes on to its end. Fields of the session itself are for `patch`.",
  ],
  arguments: [
    sessionArgument,
    { name: "<key>", description: "name of the value" },
    { name: "<value>", description: "the value: text, or JSON with --json-values" },
  ],
  optionGroups: [
    { heading: "How", options: [previewOption, jsonValuesOption, whileRunningOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [leaseFormatOption, ...outputOptions] },
  ],
  examples: [
    { line: "sessionsmith set 0ced8fd6a280 theme dark", purpose: "a text" },
    { line: "sessionsmith set 0ced8fd6a280 visits 3 --json-values", purpose: "a number" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runSet,
};
