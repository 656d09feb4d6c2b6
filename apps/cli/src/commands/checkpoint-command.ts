import type { CommandSpec } from "../command-spec.ts";
import { keyFileOption } from "../options/key-options.ts";
import { descriptionOption } from "../options/manager-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith checkpoint`. */
export const checkpointCommand: CommandSpec = {
  name: "checkpoint",
  summary: "keep what a session holds under a name, and bring it back",
  description: [
    "`checkpoint save <session> <name>` copies the transcript of a session as it is. Names need not be unique; nothing ever changes a " +
      "checkpoint, and a reset, a compaction or a cleanup leaves it alone.",
    "`checkpoint list [session]` shows the checkpoints of a store, or of one session and those that had its key before.",
    "`checkpoint restore <id>` puts the lines of a checkpoint in the place of those of its session. What is there now stays beside it " +
      "as `.bak.<time>`. The session keeps its id; one that was removed comes back.",
    "`checkpoint delete <id>` moves a checkpoint to the trash.",
  ],
  arguments: [
    { name: "<action>", description: "save, list, restore or delete" },
    {
      name: "[what]",
      description: "a session, with save and list; the id of a checkpoint, with restore and delete",
    },
    { name: "[name]", description: "with save: the name of the checkpoint" },
  ],
  optionGroups: [
    { heading: "How", options: [descriptionOption, previewOption, keyFileOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: 'sessionsmith checkpoint save main "before refactor"',
      purpose: "keep what the main session holds",
    },
    { line: "sessionsmith checkpoint list main", purpose: "its checkpoints" },
    {
      line: "sessionsmith checkpoint restore 3f0c8a4e-5b1d-4c2a-9d7e-0a1b2c3d4e5f --dry-run",
      purpose: "what bringing one back would do",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../managing.ts")).runCheckpoint,
};
