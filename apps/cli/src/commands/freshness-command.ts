import type { CommandSpec } from "../command-spec.ts";
import {
  dailyResetOption,
  freshnessLimitOption,
  idleResetOption,
  timeZoneOption,
} from "../options/manager-options.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith freshness`. */
export const freshnessCommand: CommandSpec = {
  name: "freshness",
  summary: "show when sessions give way to new ones",
  description: [
    "Shows for each session when it gives way to a new one by itself, by the daily hour or by idleness, whichever comes first, and " +
      "whether that time has come: then its next message begins a new session. The daily hour counts from the start of the session, " +
      "idleness from its last message.",
    "The settings are those that a session manager keeps in the store (`/session reset-time`, `/session idle-reset`), unless flags " +
      "say otherwise. It reads only.",
  ],
  arguments: [{ name: "[session]", description: "one session, or several: key, session id, label or glob" }],
  optionGroups: [
    {
      heading: "How",
      options: [dailyResetOption, idleResetOption, timeZoneOption, freshnessLimitOption],
    },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith freshness", purpose: "the sessions of the default agent" },
    {
      line: "sessionsmith freshness --daily-reset 4:30 --time-zone Europe/Berlin --idle-reset 120",
      purpose: "what would be, with these settings",
    },
  ],
  exits: [0, 1, 2, 3, 10, 12, 15],
  load: async () => (await import("../managing.ts")).runFreshness,
};
