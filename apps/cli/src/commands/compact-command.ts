import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { maxLinesOption, sessionArgument } from "../options/session-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith compact`. */
export const compactCommand: CommandSpec = {
  name: "compact",
  summary: "shorten the transcript of a session",
  description: [
    "Leaves the header and the last lines of a transcript, and as many more as it takes that no tool result stands without its call. " +
      "The whole transcript stays beside it (.bak.<time>). The token counts of the row are cleared, and the compaction is counted.",
  ],
  arguments: [sessionArgument],
  optionGroups: [
    { heading: "How", options: [maxLinesOption, previewOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith compact main --max-lines 400 --dry-run", purpose: "how many lines would go" },
    { line: "sessionsmith compact main --max-lines 400", purpose: "keep the last 400" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runCompact,
};
