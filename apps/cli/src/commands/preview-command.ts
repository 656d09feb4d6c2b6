import type { CommandSpec } from "../command-spec.ts";
import { keyFileOption } from "../options/key-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { maxCharsOption, messagesOption } from "../options/session-options.ts";

/** `sessionsmith preview`. */
export const previewCommand: CommandSpec = {
  name: "preview",
  summary: "show the last messages of sessions",
  description: [
    "Shows the last messages of each session that have text, oldest first, from the end of its transcript. At most 64 sessions at " +
      "once; one that does not exist, or whose transcript can't be read, is shown as such.",
  ],
  arguments: [
    { name: "<session...>", description: "session keys, session ids, labels, or globs that fit one" },
  ],
  optionGroups: [
    { heading: "How much", options: [messagesOption, maxCharsOption, keyFileOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith preview main", purpose: "the last 12 messages of the main session" },
    { line: "sessionsmith preview main --messages 2 --max-chars 80 --json", purpose: "less, for a script" },
  ],
  exits: [0, 1, 2, 10, 12, 15],
  load: async () => (await import("../sessions.ts")).runPreview,
};
