import { commandTable } from "./command-table.ts";
import type { ExitStatus } from "./exit-codes.ts";
import { failureOf, renderFailure } from "./failure.ts";
import type { CliIo } from "./io.ts";
import { parseCommandLine } from "./program.ts";
import { routeArguments } from "./route-arguments.ts";
import { usageLine } from "./usage-line.ts";

/**
 * Runs one command line to its end and gives the exit status. It never ends the process: the caller sets the status.
 * @param argv the words after the name of the program
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitStatus> {
  try {
    const routed = routeArguments(argv, commandTable);
    const parsed = parseCommandLine(routed, { write: io.stdout, columns: io.columns });
    if (parsed === undefined) return 0;
    const handle = await parsed.spec.load();
    return await handle({ io, options: parsed.options, arguments: parsed.arguments });
  } catch (thrown) {
    const failure = await failureOf(thrown);
    const view = {
      json: argv.includes("--json"),
      verbose: argv.includes("--verbose"),
      usage: usageLine(argv),
    };
    io.stderr(renderFailure(failure, view));
    return failure.exitCode;
  }
}
