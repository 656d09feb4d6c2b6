import { anyText, oneOf } from "./parsers.ts";
import type { ValueSpec } from "./option-spec.ts";

/** The age from which on a session is stale, a duration with its unit. */
export const staleAfterOption: ValueSpec<string> = {
  kind: "value",
  flags: "--stale-after <duration>",
  description: "sessions that were not updated for longer than this are stale (default: 60m)",
  parse: anyText("--stale-after"),
};

/** The JSON of another tool. */
export const statsFormatOption: ValueSpec<"aria" | "bytesagain"> = {
  kind: "value",
  flags: "--format <name>",
  description: "JSON in the shape of another tool: aria, bytesagain",
  parse: oneOf("--format", ["aria", "bytesagain"]),
};
