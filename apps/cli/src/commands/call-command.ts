import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";
import { configOption, stateDirOption, storeOption } from "../options/selection-options.ts";
import { previewOption, whileRunningOption } from "../options/writing-options.ts";

/** `sessionsmith call`. */
export const callCommand: CommandSpec = {
  name: "call",
  summary: "call a method of a gateway on the stores",
  description: [
    "Answers a method as OpenClaw's gateway does, without one: sessions.list, sessions.preview, sessions.resolve, sessions.create, " +
      "sessions.patch, sessions.reset, sessions.delete, sessions.compact and sessions.cleanup. The parameters are one JSON object. " +
      "The answer is always JSON; docs/differences.md says what differs.",
    "A session key names its store by its agent. As in a gateway, sessions.patch and sessions.reset add a row for a key that has none.",
  ],
  arguments: [
    { name: "<method>", description: "the name of a method" },
    { name: "[json]", description: "its parameters (default: {})" },
  ],
  optionGroups: [
    { heading: "How", options: [previewOption, whileRunningOption] },
    { heading: "Which stores", options: [storeOption, stateDirOption, configOption] },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: `sessionsmith call sessions.list '{"limit": 5, "includeDerivedTitles": true}'`,
      purpose: "the newest five sessions of all agents",
    },
    { line: `sessionsmith call sessions.resolve '{"label": "Family"}'`, purpose: "the key of a label" },
    {
      line: `sessionsmith call sessions.patch '{"key": "main", "thinkingLevel": "high"}' --dry-run`,
      purpose: "what a patch would do",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15],
  load: async () => (await import("../calling.ts")).runCall,
};
