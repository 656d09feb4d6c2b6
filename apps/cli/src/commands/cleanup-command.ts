import type { CommandSpec } from "../command-spec.ts";
import { cleanupOptions } from "../options/cleanup-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith cleanup`. */
export const cleanupCommand: CommandSpec = {
  name: "cleanup",
  summary: "show what maintenance would do to a store, or do it",
  description: [
    "Judges every session by the rules of session.maintenance in openclaw.json and sessionsmith.json5. Without --enforce the mode in openclaw.json " +
      "counts: in mode warn (the default) it only shows what would become of each session, in mode enforce it does it. " +
      "--older-than, --fix-missing, --fix-dm-scope, --rescope, --ghosts and --expired are orders, and act in either mode. --dry-run " +
      "and --plan-out never act.",
    "--fix-missing is about transcripts that are not there: it mends a sessionFile that leads nowhere if <sessionId>.jsonl " +
      "exists, and removes sessions whose transcript is missing, empty or only a header. --ghosts is about sessions in which nobody ever " +
      "said anything: their transcript exists and holds no message; a missing one is left alone. Neither takes a session that is " +
      "in use, has a lease, or is younger than an hour (under openclaw-2026.5, --fix-missing asks for no age and no protection, as " +
      "OpenClaw does).",
    "After a change of session.dmScope, --fix-dm-scope (now main) retires the sessions of single peers, and --rescope (now " +
      "one of the other scopes) gives them the keys of the new scope. Of several sessions of one person the freshest goes on and " +
      "the others are archived; different peers are brought together only by session.identityLinks.",
    "What leaves is kept: a transcript becomes <name>.deleted.<time> beside the index, other files go to the trash, and " +
      "`sessionsmith undo` brings everything back. A line about each session that ends is added to the ledger.",
    "A cleanup that was done with --quiet prints one line for each store that changed, and nothing if none did: for cron and " +
      "timers (docs/guides/schedule.md).",
    "Cron run logs (cron/runs/*.jsonl) are never touched; cron.runLog in openclaw.json rules them.",
  ],
  arguments: [],
  optionGroups: [
    { heading: "Maintenance", options: cleanupOptions },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith cleanup --dry-run", purpose: "the default agent's store" },
    { line: "sessionsmith cleanup --enforce", purpose: "do it" },
    {
      line: "sessionsmith cleanup --all-agents --enforce --while-running --quiet",
      purpose: "from a schedule: one line for each store that changed",
    },
    {
      line: "sessionsmith cleanup --plan-out cleanup.plan.json",
      purpose: "save the plan, look at it, and run it later with `sessionsmith apply`",
    },
    {
      line: "sessionsmith cleanup --all-agents --dry-run --json",
      purpose: "one summary for each agent, for a script",
    },
    {
      line: "sessionsmith cleanup --fix-dm-scope --dry-run",
      purpose: "after session.dmScope went back to main",
    },
    {
      line: "sessionsmith cleanup --rescope --dry-run",
      purpose: "which sessions get another key, and whose come together",
    },
    {
      line: "sessionsmith cleanup --dry-run --preset openclaw-2026.5",
      purpose: "judge as OpenClaw 2026.5 does",
    },
    {
      line: "sessionsmith cleanup --older-than 60m --kind cron",
      purpose: "remove cron sessions of more than an hour ago, now, in mode warn too",
    },
    {
      line: "sessionsmith cleanup --fix-missing --dry-run",
      purpose: "see which sessions have lost their transcript",
    },
    {
      line: "sessionsmith cleanup --expired --before 2026-11-01T00:00:00Z",
      purpose: "remove sessions whose lease had run out by then",
    },
    {
      line: "sessionsmith cleanup --dry-run --active-key agent:main:telegram:direct:123",
      purpose: "keep one session, whatever its age",
    },
  ],
  exits: [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 130],
  load: async () => (await import("../writing.ts")).runCleanup,
};
