import type { CommandSpec } from "../command-spec.ts";
import { leaseFormatOption, ttlOption } from "../options/lease-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith refresh`. */
export const refreshCommand: CommandSpec = {
  name: "refresh",
  summary: "let the lease of a session run anew from now on",
  description: [
    "Lets a lease run anew, for as long as before unless --ttl says otherwise, and revives one that has run out or was ended. It counts " +
      "as access. A session without a lease gets one: lease.defaultTtl long. While a lease holds, no age, cap or disk budget takes " +
      "the session.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "How", options: [ttlOption, previewOption, whileRunningOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: [leaseFormatOption, ...outputOptions] },
  ],
  examples: [
    { line: "sessionsmith refresh 0ced8fd6a280", purpose: "as long again" },
    { line: "sessionsmith refresh 0ced8fd6a280 --ttl 2h", purpose: "two hours from now" },
    { line: "sessionsmith refresh agent:main:main --ttl none", purpose: "for ever" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runRefresh,
};
