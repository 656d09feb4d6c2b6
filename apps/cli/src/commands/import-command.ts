import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { agentOption, configOption, stateDirOption, storeOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith import`. */
export const importCommand: CommandSpec = {
  name: "import",
  summary: "bring sessions from an export, or from bytesagain's data.jsonl, into a store",
  description: [
    "Reads what `export` wrote as json or jsonl, and both forms of the data.jsonl of bytesagain's session skill. Sessions keep their " +
      "ids, times and transcripts, byte for byte. Nothing in the store is replaced: a session whose key or id is taken gets a new " +
      "one, and one that is there already, with the same transcript, is passed over.",
    "Each session goes into the store of its agent; with --agent or --store all of them go into that one. --agent takes an agent " +
      "that is configured or has a store; another store that is not there is made. What can't be read is named with its line, with exit 3, and stays in the file.",
  ],
  arguments: [{ name: "<file>", description: "the file to read; it stays as it is" }],
  optionGroups: [
    { heading: "How", options: [previewOption] },
    { heading: "Where to", options: [storeOption, agentOption, stateDirOption, configOption] },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: "sessionsmith import backup.jsonl --dry-run",
      purpose: "what would come in, and under which keys",
    },
    { line: "sessionsmith import backup.jsonl", purpose: "bring it in" },
    {
      line: "sessionsmith import ~/.session/data.jsonl --agent work",
      purpose: "the sessions of bytesagain's script",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../importing.ts")).runImport,
};
