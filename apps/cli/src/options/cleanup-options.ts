import type { CleanupPreset } from "@sessionsmith/maintenance";
import { kindWords } from "./list-options.ts";
import { anyText, oneOf } from "./parsers.ts";
import {
  allowMassOption,
  allowOrphansOption,
  forceOption,
  metricsFileOption,
  planOutOption,
  whileRunningOption,
} from "./writing-options.ts";
import type { FlagSpec, ListSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** Act, whatever the settings say. */
export const enforceOption: FlagSpec = {
  kind: "flag",
  flags: "--enforce",
  description: "do it, also where session.maintenance.mode is warn",
};

/** Only look. */
export const dryRunOption: FlagSpec = {
  kind: "flag",
  flags: "--dry-run",
  description: "show what maintenance would do in mode enforce, and change nothing",
};

/** Keys that no pass may remove. */
export const activeKeyOption: ListSpec<string> = {
  kind: "list",
  flags: "--active-key <key>",
  description: "protect the session with this key; may be given several times",
  parse: anyText("--active-key"),
};

/** Another limit for stale sessions, a duration with its unit. */
export const olderThanOption: ValueSpec<string> = {
  kind: "value",
  flags: "--older-than <duration>",
  description: "remove sessions that are older than this (30d, 12h), whatever session.maintenance says",
  parse: anyText("--older-than"),
};

/** Rows without a transcript. */
export const fixMissingOption: FlagSpec = {
  kind: "flag",
  flags: "--fix-missing",
  description:
    "remove sessions whose transcript is missing, empty or only a header, after mending pointers to transcripts that are there",
};

/** Rows without a message. */
export const ghostsOption: FlagSpec = {
  kind: "flag",
  flags: "--ghosts",
  description: "remove sessions whose transcript is there but holds no message; a missing one is no reason",
};

/** Rows whose lease has run out. */
export const expiredOption: FlagSpec = {
  kind: "flag",
  flags: "--expired",
  description: "remove sessions whose lease has run out, whatever their age",
};

/** Of those, only the ones that had run out by then. */
export const beforeOption: ValueSpec<string> = {
  kind: "value",
  flags: "--before <moment>",
  description: "with --expired: only leases that had run out by then (ISO 8601 with a zone, or epoch ms)",
  parse: anyText("--before"),
};

/** Which kinds of sessions an order is about. */
export const cleanupKindOption: ListSpec<readonly (typeof kindWords)[number][]> = {
  kind: "list",
  flags: "--kind <kind>",
  description:
    "what --older-than, --fix-missing, --ghosts and --expired may take: kinds as in list, separated by commas or given several times",
  parse: (text) => text.split(",").map(oneOf("--kind", kindWords)),
};

/** Retire the rows of single peers. */
export const fixDmScopeOption: FlagSpec = {
  kind: "flag",
  flags: "--fix-dm-scope",
  description: "where session.dmScope is main: retire the direct messages that an earlier scope left behind",
};

/** Give direct messages the keys of the present scope. */
export const rescopeOption: FlagSpec = {
  kind: "flag",
  flags: "--rescope",
  description: "where session.dmScope keeps peers apart: give direct messages the keys of that scope",
};

/** The sets of rules. */
export const presetWords = ["safe", "openclaw-2026.5"] as const satisfies readonly CleanupPreset[];

/** Which set of rules. */
export const presetOption: ValueSpec<(typeof presetWords)[number]> = {
  kind: "value",
  flags: "--preset <name>",
  description: `the rules: ${presetWords.join(" (the default) or ")}`,
  parse: oneOf("--preset", presetWords),
};

/** One decision for each row. */
export const detailsOption: FlagSpec = {
  kind: "flag",
  flags: "--details",
  description: "with --json: add the decision on every session with its reasons",
};

/** What `cleanup` does, and what it tells. */
export const cleanupOptions: readonly OptionSpec[] = [
  dryRunOption,
  enforceOption,
  fixDmScopeOption,
  rescopeOption,
  olderThanOption,
  fixMissingOption,
  ghostsOption,
  expiredOption,
  beforeOption,
  cleanupKindOption,
  activeKeyOption,
  presetOption,
  detailsOption,
  planOutOption,
  metricsFileOption,
  forceOption,
  allowMassOption,
  allowOrphansOption,
  whileRunningOption,
];
