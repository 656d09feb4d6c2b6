import { commandTable } from "./command-table.ts";
import type { CommandSpec } from "./command-spec.ts";

/** The usage line of a command: `sessionsmith explain [options] [finding-id]`. */
export function usageOf(spec: CommandSpec): string {
  return ["sessionsmith", spec.name, "[options]", ...spec.arguments.map(({ name }) => name)].join(" ");
}

/** The usage line for a command line that failed: that of its command, or of the whole program; the first command word counts. */
export function usageLine(argv: readonly string[]): string {
  const specs = argv.flatMap((word) => commandTable.filter(({ name }) => name === word));
  const [spec] = specs;
  return spec === undefined ? "sessionsmith [command] [options]" : usageOf(spec);
}
