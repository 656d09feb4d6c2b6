import { settingsTable } from "@sessionsmith/core";
import type { SettingSpec } from "@sessionsmith/core";
import { code, markdownPage, markdownTable } from "./markdown.ts";

/** `docs/reference/settings.md`: every key that is read from `openclaw.json`. */
export function renderSettingsReference(): string {
  const settings: readonly SettingSpec[] = Object.values(settingsTable);
  return markdownPage("Settings", [
    "These keys of `openclaw.json` (JSON5) are read. Flags win over the file, the file over the defaults. A value that is not " +
      "allowed is a finding for commands that read, and an error (exit 2) for `cleanup`.",
    markdownTable(
      ["key", "allowed", "default", "meaning"],
      settings.map(({ path, range, default: preset, summary }) => [
        code(path),
        range,
        preset === null ? "" : code(JSON.stringify(preset)),
        summary,
      ]),
    ),
  ]);
}
