import type { CommandSpec } from "../command-spec.ts";
import { showOriginOption } from "../options/config-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { agentOption, configOption, stateDirOption, storeOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith config`. */
export const configCommand: CommandSpec = {
  name: "config",
  summary: "show the settings that hold, or write one into sessionsmith.json5",
  description: [
    "Without a key it lists every setting as it holds, and whether it comes from sessionsmith.json5, openclaw.json, the environment or " +
      "the defaults. With a key it prints that one.",
    "With a value it writes the setting into sessionsmith.json5, beside openclaw.json; comments and everything else in the file stay. " +
      "Only session.maintenance.* and lease.* have their place there. The operation belongs to the store of the default agent, and " +
      "`undo` takes it back.",
  ],
  arguments: [
    { name: "[key]", description: "a setting, such as lease.defaultTtl" },
    { name: "[value]", description: "its new value, as JSON or as text" },
  ],
  optionGroups: [
    { heading: "How", options: [showOriginOption, previewOption] },
    { heading: "Where", options: [stateDirOption, configOption, agentOption, storeOption] },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    { line: "sessionsmith config --show-origin", purpose: "what holds, and why" },
    { line: "sessionsmith config lease.defaultTtl", purpose: "one of them" },
    { line: "sessionsmith config lease.defaultTtl 2h", purpose: "new leases hold for two hours" },
    { line: "sessionsmith config session.maintenance.mode enforce", purpose: "cleanup does what it says" },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../importing.ts")).runConfig,
};
