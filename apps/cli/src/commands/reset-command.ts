import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { sessionArgument } from "../options/session-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith reset`. */
export const resetCommand: CommandSpec = {
  name: "reset",
  summary: "begin a session anew under its key",
  description: [
    "Gives a session a new id and an empty transcript. Its label, its settings and its routing stay, token counts and compactions go " +
      "back to zero. The old transcript goes into an archive beside the index (.reset.<time>), and the ledger gets a record.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "How", options: [previewOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith reset main --dry-run", purpose: "what would stay of the main session" },
    { line: "sessionsmith reset main", purpose: "begin it anew" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runReset,
};
