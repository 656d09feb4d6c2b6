import type { FindingMeaning } from "./finding-meaning.ts";

const correctIt = "Then run the command again, or name another settings file with `--config`.";

/** Findings about `openclaw.json` and `sessionsmith.json5`. An error forbids every command that removes; reading goes on. */
export const settingsFindings = {
  "settings-unreadable": {
    severity: "error",
    title: "our own settings file can't be read",
    explanation:
      "There is a `sessionsmith.json5` beside `openclaw.json`, but it can't be read or is not JSON5; the finding says why. It may hold rules that keep sessions, so nothing is removed without it.",
    remedy: "Correct the file or its permissions, or take it away. Then run the command again.",
  },
  "settings-include": {
    severity: "error",
    title: "a part of the settings is kept in another file",
    explanation:
      "The settings have an `$include`. Included files are not read, so a limit or a store path may be missing from what is known. Nothing is removed on such settings.",
    remedy: `Write the included part into the file itself. ${correctIt}`,
  },
  "settings-variable": {
    severity: "error",
    title: "a setting holds a variable",
    explanation:
      "The value holds `${…}`, which OpenClaw fills in when it starts. What it stands for is not known here, so the default was taken, and nothing is removed.",
    remedy: `Write the value itself. ${correctIt}`,
  },
  "settings-unknown-key": {
    severity: "error",
    title: "a setting is not known",
    explanation:
      "OpenClaw 2026.5.28 does not know this key, or in `sessionsmith.json5` Sessionsmith doesn't. It may be misspelt or come from a newer version, and may mean a limit that is not kept. Nothing is removed on such settings.",
    remedy: `Correct the spelling, or take the key out. ${correctIt}`,
  },
  "settings-invalid-value": {
    severity: "error",
    title: "a setting has a value that is not allowed",
    explanation:
      'The value is not of the expected form. Zero, negative and unparsable limits never mean "remove everything": the default was taken to show the store, and nothing is removed.',
    remedy: `Correct the value in the file that the finding names. ${correctIt}`,
  },
  "settings-duplicate-agent": {
    severity: "warning",
    title: "two agents of the settings have the same id",
    explanation:
      "After its characters were made valid, the id is the same as that of an agent further up. The first one counts, this one was left out.",
    remedy: "Give the agents of `agents.list` different ids.",
  },
  "settings-value-left-out": {
    severity: "warning",
    title: "a setting that is only shown has an odd value",
    explanation: "The value is not of the expected form. It decides on nothing, so it was left out.",
    remedy: "Correct the value in `openclaw.json`.",
  },
  "settings-deprecated-key": {
    severity: "warning",
    title: "a setting is deprecated",
    explanation: "`pruneDays` is an old name. It counts only where `pruneAfter` is absent.",
    remedy: "Write `pruneAfter` instead, for example `30d`.",
  },
  "settings-ignored-key": {
    severity: "info",
    title: "a setting has no effect",
    explanation: "`rotateBytes` belonged to older versions of OpenClaw. It is accepted and ignored.",
    remedy: "Take the key out of `openclaw.json`.",
  },
} as const satisfies Record<string, FindingMeaning>;
