import type { CommandSpec } from "../command-spec.ts";
import { keyFileOption, withoutSealOption } from "../options/key-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith decrypt`. */
export const decryptCommand: CommandSpec = {
  name: "decrypt",
  summary: "make encrypted transcripts plain again",
  description: [
    "Gives every line back as it was, byte for byte, after all of the transcript was checked: a line that was changed, moved, " +
      "repeated or left out is an error, and the session stays as it is. Without a session it takes all of the store.",
  ],
  arguments: [{ name: "[session]", description: "one session, or several: key, session id, label or glob" }],
  optionGroups: [
    { heading: "How", options: [previewOption, keyFileOption, withoutSealOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: "sessionsmith decrypt --store bot/sessions.json --key-file bot.key --dry-run",
      purpose: "is every line as it was written?",
    },
    {
      line: "sessionsmith decrypt agent:main:main --store bot/sessions.json --key-file bot.key",
      purpose: "make one session plain",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../encrypting.ts")).runDecrypt,
};
