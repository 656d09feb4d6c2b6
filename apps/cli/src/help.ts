import type { CommandExample, CommandSpec } from "./command-spec.ts";
import { exitStatusMeanings } from "./exit-codes.ts";
import type { ExitStatus } from "./exit-codes.ts";

/** The end of a command's help: examples that work, and what its exit statuses mean. */
export function commandHelpEnd(spec: CommandSpec): string {
  return helpEnd(spec.examples, spec.exits);
}

/** The end of the help of the whole program. */
export function helpEnd(examples: readonly CommandExample[], exits: readonly ExitStatus[]): string {
  const lines = ["", "EXAMPLES"];
  for (const { line, purpose } of examples) lines.push(`  # ${purpose}`, `  ${line}`);
  lines.push("", "EXIT STATUS");
  for (const status of exits) lines.push(`  ${String(status).padStart(3)}  ${exitStatusMeanings[status]}`);
  return lines.join("\n");
}
