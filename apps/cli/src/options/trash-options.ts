import { anyText } from "./parsers.ts";
import type { ValueSpec } from "./option-spec.ts";

/** How long ago an operation must have ended to be purged or packed. */
export const purgeAgeOption: ValueSpec<string> = {
  kind: "value",
  flags: "--older-than <duration>",
  description: "operations that ended at least this long ago (default: 14d with purge, 1d with pack)",
  parse: anyText("--older-than"),
};

/** One operation to be purged. */
export const purgeOperationOption: ValueSpec<string> = {
  kind: "value",
  flags: "--operation <id>",
  description: "with purge: this operation only, whatever its age",
  parse: anyText("--operation"),
};
