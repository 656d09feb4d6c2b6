import type { CommandSpec } from "../command-spec.ts";
import { keyFileOption } from "../options/key-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { previewOption, skipConflictsOption } from "../options/writing-options.ts";

/** `sessionsmith undo`. */
export const undoCommand: CommandSpec = {
  name: "undo",
  summary: "take an operation back",
  description: [
    "Brings back the rows and files that an operation took away, byte for byte. What has changed since is a conflict, and so is the rest of its session: without " +
      "--skip-conflicts nothing is done then. An undo is an operation too, and can be undone. " +
      "The undo of an encryption needs the key. Without a selection the operation is looked for in all stores of the state directory.",
  ],
  arguments: [
    { name: "<operation>", description: "the id of an operation, as `sessionsmith operations` shows it" },
  ],
  optionGroups: [
    { heading: "How", options: [previewOption, skipConflictsOption, keyFileOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith undo 20261120T101500123Z-1a2b3c4d --dry-run", purpose: "what would come back" },
    { line: "sessionsmith undo 20261120T101500123Z-1a2b3c4d", purpose: "bring it back" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../writing.ts")).runUndo,
};
