import { leaseTable, rulesTable, settingsTable } from "@sessionsmith/core";
import type { SettingSpec } from "@sessionsmith/core";
import { code, markdownPage, markdownTable } from "./markdown.ts";

/** `docs/reference/settings.md`: every key that is read from `openclaw.json` and `sessionsmith.json5`. */
export function renderSettingsReference(): string {
  return markdownPage("Settings", [
    "Flags win over `sessionsmith.json5`, that over `openclaw.json`, and that over the defaults. A value that is not allowed is " +
      "a finding for commands that read, and an error (exit 2) for those that remove, such as `cleanup`. So are `$include` and `${…}`.",
    "## openclaw.json",
    "These keys of `openclaw.json` (JSON5) are read.",
    settingTable(Object.values(settingsTable)),
    "## sessionsmith.json5",
    "An optional file (JSON5) beside `openclaw.json`, or in the state directory if there is no `openclaw.json`. It takes the keys " +
      "of `session.maintenance` above, the list `session.maintenance.rules`, and `lease.defaultTtl`, and nothing else. Each rule has `match`, with at " +
      "least one key, and at least one effect; of the rules, the first that matches a session decides on it. " +
      "[Retention rules](../guides/retention.md) has an example.",
    settingTable([...Object.values(rulesTable), ...Object.values(leaseTable)]),
  ]);
}

function settingTable(settings: readonly SettingSpec[]): string {
  return markdownTable(
    ["key", "allowed", "default", "meaning"],
    settings.map(({ path, range, default: preset, summary }) => [
      code(path),
      range,
      preset === null ? "" : code(JSON.stringify(preset)),
      summary,
    ]),
  );
}
