import type { CommandSpec } from "../command-spec.ts";
import { outputOptions } from "../options/output-options.ts";

/** `sessionsmith version`, and `sessionsmith --version`. */
export const versionCommand: CommandSpec = {
  name: "version",
  summary: "show the version",
  description: ["Shows the version of the command; with --json also those of its packages."],
  arguments: [],
  optionGroups: [{ heading: "Output", options: outputOptions }],
  examples: [{ line: "sessionsmith version --json", purpose: "versions of the command and of its packages" }],
  exits: [0, 2],
  load: async () => (await import("../reading.ts")).runVersion,
};
