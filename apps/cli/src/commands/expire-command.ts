import type { CommandSpec } from "../command-spec.ts";
import { leaseFormatOption } from "../options/lease-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith expire`. */
export const expireCommand: CommandSpec = {
  name: "expire",
  summary: "end the lease of a session now",
  description: [
    "Marks the lease of a session as ended. The session stays until `cleanup --expired` takes it; `refresh` revives it until then. " +
      "It does not count as access.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "How", options: [previewOption, whileRunningOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [leaseFormatOption, ...outputOptions] },
  ],
  examples: [{ line: "sessionsmith expire 0ced8fd6a280", purpose: "this session is over" }],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runExpire,
};
