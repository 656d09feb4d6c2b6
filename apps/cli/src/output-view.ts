import type { CliIo } from "./io.ts";
import type { GivenOptions } from "./options/given-options.ts";
import { jsonOption, noColorOption, quietOption, verboseOption } from "./options/output-options.ts";

/** How a command shows what it found. */
export interface OutputView {
  readonly json: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Reads the output options; colours need a terminal that can show them, and nobody who declined them. */
export function outputView(options: GivenOptions, io: CliIo): OutputView {
  const declined = options.flag(noColorOption) === true || (io.env["NO_COLOR"] ?? "") !== "";
  return {
    json: options.flag(jsonOption) === true,
    color: io.stdoutIsTty && !declined && io.env["TERM"] !== "dumb",
    quiet: options.flag(quietOption) === true,
    verbose: options.flag(verboseOption) === true,
  };
}
