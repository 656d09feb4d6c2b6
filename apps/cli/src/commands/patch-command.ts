import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { clearOption, sessionArgument } from "../options/session-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith patch`. */
export const patchCommand: CommandSpec = {
  name: "patch",
  summary: "change fields of a session",
  description: [
    "Sets and clears fields of a row by the rules of OpenClaw's sessions.patch; every other field keeps its bytes. Patchable are " +
      "label, model (provider/model), thinkingLevel, fastMode, verboseLevel, traceLevel, reasoningLevel, elevatedLevel, " +
      "responseUsage, execHost, execSecurity, execAsk, execNode, sendPolicy, groupActivation, inheritedToolAllow, " +
      "inheritedToolDeny (lists with commas), and the token counts inputTokens, outputTokens, totalTokens and contextTokens.",
    "Where a sub-agent comes from (spawnedBy, spawnedWorkspaceDir, spawnedCwd, spawnDepth, subagentRole, subagentControlScope) can be " +
      "set once. A label is unique in its store.",
  ],
  arguments: [
    sessionArgument,
    { name: "[field=value...]", description: "a field and its new value; only the first = counts" },
  ],
  optionGroups: [
    { heading: "How", options: [clearOption, previewOption, whileRunningOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith patch main thinkingLevel=high", purpose: "let the main session think harder" },
    { line: "sessionsmith patch main model=openai/gpt-5 --clear label --dry-run", purpose: "look first" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../sessions.ts")).runPatch,
};
