import { anyText } from "./parsers.ts";
import type { FlagSpec, ValueSpec } from "./option-spec.ts";

/** Only look. */
export const previewOption: FlagSpec = {
  kind: "flag",
  flags: "--dry-run",
  description: "show what would be done, and change nothing",
};

/** Confirms the guard `mass`. */
export const allowMassOption: FlagSpec = {
  kind: "flag",
  flags: "--allow-mass",
  description: "confirm that more than half of the conversations may go, or that the clock is right",
};

/** Confirms the guard `orphans`. */
export const allowOrphansOption: FlagSpec = {
  kind: "flag",
  flags: "--allow-orphans",
  description: "confirm that files may go although the index explains too few of them",
};

/** Works beside a running gateway. */
export const whileRunningOption: FlagSpec = {
  kind: "flag",
  flags: "--while-running",
  description: "work although a gateway is running; what it has locked stays, and the result is read again",
};

/** Accepts an index in which only other rows changed. */
export const unchangedRowsOption: FlagSpec = {
  kind: "flag",
  flags: "--unchanged-rows",
  description: "accept that other sessions changed, as long as what the plan takes away is still the same",
};

/** Leaves out what can't be taken back. */
export const skipConflictsOption: FlagSpec = {
  kind: "flag",
  flags: "--skip-conflicts",
  description: "leave out what has changed since, and take back the rest",
};

/** Where a plan is saved. */
export const planOutOption: ValueSpec<string> = {
  kind: "value",
  flags: "--plan-out <file>",
  description: "save the plan for `sessionsmith apply`, and change nothing else",
  parse: anyText("--plan-out"),
};

/** Where the numbers of a run are written. */
export const metricsFileOption: ValueSpec<string> = {
  kind: "value",
  flags: "--metrics-file <file>",
  description: "write the numbers of the run in the Prometheus text format; with --force over the last ones",
  parse: anyText("--metrics-file"),
};

/** Replaces the files that `--plan-out` and `--metrics-file` name. */
export const forceOption: FlagSpec = {
  kind: "flag",
  flags: "--force",
  description: "let --plan-out and --metrics-file replace a file that exists, but none of a store",
};
