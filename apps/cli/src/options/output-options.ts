import { anyText } from "./parsers.ts";
import type { FlagSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** One JSON document instead of text. */
export const jsonOption: FlagSpec = {
  kind: "flag",
  flags: "--json",
  description: "one JSON document on stdout; an error is one JSON object on stderr",
};

/** Text without colours. */
export const noColorOption: FlagSpec = {
  kind: "flag",
  flags: "--no-color",
  description: "no colours (NO_COLOR does the same; without a terminal there are none)",
};

/** Nothing on stderr but errors and what was not changed. */
export const quietOption: FlagSpec = {
  kind: "flag",
  flags: "--quiet",
  description: "on stderr only errors, and what was not done",
};

/** More on stderr. */
export const verboseOption: FlagSpec = {
  kind: "flag",
  flags: "--verbose",
  description: "name every finding and reason; show the stack of an unexpected error",
};

/** Another present, read by `readNow`. */
export const nowOption: ValueSpec<string> = {
  kind: "value",
  flags: "--now <moment>",
  description: "judge ages as if it were this moment (ISO 8601 with a zone, or epoch ms)",
  parse: anyText("--now"),
};

/** How any command prints. */
export const outputOptions: readonly OptionSpec[] = [jsonOption, noColorOption, quietOption, verboseOption];

/** How a command prints that reads stores or previews a change. */
export const readingOptions: readonly OptionSpec[] = [...outputOptions, nowOption];
