import type { CommandSpec } from "../command-spec.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "../options/session-options.ts";

/** `sessionsmith show`. */
export const showCommand: CommandSpec = {
  name: "show",
  summary: "show everything about one session",
  description: [
    "Shows what the index says of a session: who it is, its lease, where its transcript is, and every field of its row.",
    "The session may be given as a key in any spelling, a session id, a label or a glob. A word that means several sessions " +
      "shows none: the error lists them.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith show main", purpose: "the main session of the default agent" },
    {
      line: "sessionsmith show 'agent:work:telegram:*:7' --json",
      purpose: "the only one that a glob fits, for a script",
    },
  ],
  exits: [0, 1, 2, 10, 12, 15],
  load: async () => (await import("../sessions.ts")).runShow,
};

/** `sessionsmith get`, which is `show`. */
export const getCommand: CommandSpec = {
  ...showCommand,
  name: "get",
  summary: "the same as show",
  examples: [
    { line: "sessionsmith get main --json", purpose: "the main session of the default agent, for a script" },
  ],
};
