import type { JsonObject, JsonValue } from "../json-value.ts";
import { leaseTable } from "./lease-table.ts";
import { ownSettingsOf } from "./read-own-settings.ts";
import type { SettingsReport } from "./settings-object.ts";
import { type SettingSpec, settingsTable } from "./settings-table.ts";

/** Every single setting that may be read: no lists, and nothing that has no effect. */
export const singleSettings: readonly SettingSpec[] = [
  ...Object.values<SettingSpec>(settingsTable),
  ...Object.values<SettingSpec>(leaseTable),
].filter(({ path, type }) => !path.includes("[]") && type !== "ignored");

/** Tells whether a setting has its place in `sessionsmith.json5`. */
export function isOwnSetting({ path }: Pick<SettingSpec, "path">): boolean {
  return path.startsWith("session.maintenance.") || path.startsWith("lease.");
}

/**
 * Checks a value for `sessionsmith.json5` by the very rules that the file is read by.
 * @returns undefined if it is good, else what is expected
 */
export function checkOwnSetting(spec: SettingSpec, value: JsonValue): string | undefined {
  const report: SettingsReport = { file: "", findings: [] };
  ownSettingsOf(nested(spec.path.split("."), value), report);
  return report.findings.some(({ severity }) => severity === "error") ? spec.range : undefined;
}

/** An object with a value at the end of a path of names. */
function nested([name = "", ...rest]: readonly string[], value: JsonValue): JsonObject {
  return { [name]: rest.length === 0 ? value : nested(rest, value) };
}
