import type { CommandSpec } from "../command-spec.ts";
import { cleanupOptions } from "../options/cleanup-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith cleanup`. */
export const cleanupCommand: CommandSpec = {
  name: "cleanup",
  summary: "show what maintenance would do to a store",
  description: [
    "Judges every session by the rules of session.maintenance in openclaw.json and shows what would become of it. " +
      "This version only previews: with or without --dry-run, and in either mode, nothing is changed.",
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
    {
      line: "sessionsmith cleanup --all-agents --dry-run --json",
      purpose: "one summary for each agent, for a script",
    },
    {
      line: "sessionsmith cleanup --dry-run --preset openclaw-2026.5",
      purpose: "judge as OpenClaw 2026.5 does",
    },
    {
      line: "sessionsmith cleanup --dry-run --active-key agent:main:telegram:direct:123",
      purpose: "keep one session, whatever its age",
    },
  ],
  exits: [0, 1, 2, 3, 10, 12, 15],
  load: async () => (await import("./cleanup.ts")).runCleanup,
};
