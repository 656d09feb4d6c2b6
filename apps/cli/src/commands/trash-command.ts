import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import {
  purgeAgeOption,
  purgeOperationOption,
  trashPreviewOption,
  trashSkipConflictsOption,
} from "../options/trash-options.ts";

/** `sessionsmith trash`. */
export const trashCommand: CommandSpec = {
  name: "trash",
  summary: "look into the trash, bring files back, pack or empty it",
  description: [
    "`trash list` shows what operations retired, and the index as each of them found it.",
    "`trash restore <operation>` gives the files of an operation their names back, archives too, and leaves the rows of the index " +
      "as they are; `sessionsmith undo` brings the rows back as well. A transcript that was encrypted or decrypted goes back with its row only.",
    "`trash purge` deletes operations that ended long enough ago, with all that they retired. What is purged is gone for good: " +
      "it is the only command that destroys anything. It needs no free space.",
    "`trash pack` compresses what operations retired into the trash, and makes sure that it can be read back before the original " +
      "goes; `sessionsmith undo` unpacks it.",
  ],
  arguments: [
    { name: "<action>", description: "list, restore, purge or pack" },
    { name: "[operation]", description: "with restore: the id of the operation" },
  ],
  optionGroups: [
    {
      heading: "How",
      options: [purgeAgeOption, purgeOperationOption, trashPreviewOption, trashSkipConflictsOption],
    },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith trash list --all-agents", purpose: "what is there, and since when" },
    {
      line: "sessionsmith trash restore 20261120T101500123Z-1a2b3c4d",
      purpose: "the files of one operation",
    },
    { line: "sessionsmith trash purge --older-than 30d --dry-run", purpose: "what a purge would free" },
    { line: "sessionsmith trash pack --all-agents", purpose: "save space without giving anything up" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../writing.ts")).runTrash,
};
