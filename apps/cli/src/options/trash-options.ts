import { anyText } from "./parsers.ts";
import type { FlagSpec, ValueSpec } from "./option-spec.ts";
import { previewOption, skipConflictsOption } from "./writing-options.ts";

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

/** Only look, where there is something to look at first. */
export const trashPreviewOption: FlagSpec = {
  ...previewOption,
  description: `with restore and purge: ${previewOption.description}`,
};

/** Leaves out files whose names are taken. */
export const trashSkipConflictsOption: FlagSpec = {
  ...skipConflictsOption,
  description: `with restore: ${skipConflictsOption.description}`,
};
