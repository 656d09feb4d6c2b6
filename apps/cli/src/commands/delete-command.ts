import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import {
  ifKindOption,
  keepTranscriptOption,
  sessionArgument,
  toTrashOption,
} from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith delete`. */
export const deleteCommand: CommandSpec = {
  name: "delete",
  summary: "take a session out of its store",
  description: [
    "Takes the row out of the index, then its transcript into an archive beside it (.deleted.<time>); the ledger gets a record. " +
      "A transcript that another session needs stays. A session id means every row that has it.",
    "The main session of an agent and `global` are refused (exit 15): `sessionsmith reset` begins them anew.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    {
      heading: "How",
      options: [ifKindOption, toTrashOption, keepTranscriptOption, previewOption, whileRunningOption],
    },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith delete agent:main:dashboard:scratch --dry-run", purpose: "what would leave" },
    { line: "sessionsmith delete agent:main:dashboard:scratch", purpose: "take it out" },
    {
      line: "sessionsmith delete agent:main:subagent:7f3a --if-kind subagent",
      purpose: "clean up after a delegation",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runDelete,
};
