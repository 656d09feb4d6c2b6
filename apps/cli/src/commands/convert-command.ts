import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { configOption, stateDirOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith convert`. */
export const convertCommand: CommandSpec = {
  name: "convert",
  summary: "copy a store in files into a database, or the other way round",
  description: [
    "Copies a session manager's store: an index with its transcripts into one SQLite database, or such a database into an index with " +
      "transcripts. What the first word names decides which. Rows, transcripts of rows, checkpoints and settings are copied, each line " +
      "byte for byte, and then read again and compared with the original; a copy that is not the same does not count.",
    "The original stays as it is, and nothing is ever overwritten: the copy goes where there is no store yet. What can't be copied as it " +
      "is (a torn line, a row that is not understood) is named, and nothing is done. Archives, the trash and operations stay where they " +
      "are. It needs better-sqlite3; without it the exit status is 16.",
  ],
  arguments: [
    {
      name: "<from>",
      description: "the store that is there: an index, the directory that holds it, or a database",
    },
    { name: "<to>", description: "the store to make: a database, or an index or its directory" },
  ],
  optionGroups: [
    { heading: "How", options: [previewOption] },
    { heading: "OpenClaw's place", options: [stateDirOption, configOption] },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: "sessionsmith convert bot/sessions.json mybot.db --dry-run",
      purpose: "whether it can be done, and how much it is",
    },
    { line: "sessionsmith convert bot/sessions.json mybot.db", purpose: "from files into a database" },
    { line: "sessionsmith convert mybot.db files/sessions.json", purpose: "and back" },
  ],
  exits: [0, 1, 2, 10, 11, 12, 13, 14, 15, 16, 130],
  load: async () => (await import("../converting.ts")).runConvert,
};
