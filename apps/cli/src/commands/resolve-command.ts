import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { resolveAsOption, sessionArgument } from "../options/session-options.ts";

/** `sessionsmith resolve`. */
export const resolveCommand: CommandSpec = {
  name: "resolve",
  summary: "print the key that a session is stored under",
  description: [
    "Prints the session key that a word means: a key in any spelling, a session id, a label or a glob.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "How", options: [resolveAsOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith resolve main", purpose: "agent:main:main" },
    {
      line: "sessionsmith resolve Family --as label --all-agents",
      purpose: "the key of the session with that label",
    },
  ],
  exits: [0, 1, 2, 10, 12, 15],
  load: async () => (await import("../sessions.ts")).runResolve,
};
