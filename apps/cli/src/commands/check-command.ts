import type { CommandSpec } from "../command-spec.ts";
import { deepOption } from "../options/check-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith check`. */
export const checkCommand: CommandSpec = {
  name: "check",
  summary: "say what is damaged, odd or wasteful in a store",
  description: [
    "Reads a store and lists what was found: in its index, its rows and its files. Nothing is written. Each finding has an " +
      "id that `sessionsmith explain` knows, a severity, and a place. An index that can't be read is a finding like any other.",
    "Of the 2,000 transcripts that were written last both ends are looked at, and every line if one of them does not look sound. " +
      "With --deep it is every line of all transcripts, and every field of all rows.",
    "The end shows what takes the space: the files by class, and the index by field.",
    "A session manager's own database (--store <file>) is looked through by SQLite's integrity_check, and then its references and every " +
      "value. That needs better-sqlite3; without it the exit status is 16.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "How", options: [deepOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith check", purpose: "the default agent's store" },
    { line: "sessionsmith check --all-agents --verbose", purpose: "every store, every place" },
    { line: "sessionsmith check --deep", purpose: "and every line of every transcript" },
    { line: "sessionsmith check --store mybot.db", purpose: "a session manager's own database" },
    { line: "sessionsmith check --json --quiet", purpose: "for a script; exit status 4 if there are errors" },
  ],
  exits: [0, 1, 2, 3, 4, 10, 11, 15, 16],
  load: async () => (await import("../checking.ts")).runCheck,
};
