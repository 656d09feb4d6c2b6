import type { CleanupPreset } from "@sessionsmith/maintenance";
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
