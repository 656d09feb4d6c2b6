import { commandTable } from "./command-table.ts";
import type { CommandSpec } from "./command-spec.ts";

/** The usage line of a command: `sessionsmith explain [options] [finding-id]`. */
export function usageOf(spec: CommandSpec): string {
  return ["sessionsmith", spec.name, "[options]", ...spec.arguments.map(({ name }) => name)].join(" ");
}

/** The usage line for a command line that failed: that of its command, or of the whole program. */
export function usageLine(argv: readonly string[]): string {
  const spec = commandTable.find(({ name }) => argv.includes(name));
  return spec === undefined ? "sessionsmith [command] [options]" : usageOf(spec);
}
