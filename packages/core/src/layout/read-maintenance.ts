import type { MaintenanceSettings } from "./maintenance-settings.ts";
import { readBytes, readChoice, readCount, readDuration, readDurationOrFalse } from "./setting-value.ts";
import {
  memberOf,
  memberPath,
  reportSetting,
  reportUnknownMembers,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";
import { membersInTable, settingsTable } from "./settings-table.ts";

const dayMs = 86_400_000;

/** What holds without any `session.maintenance`. */
export const defaultMaintenance: MaintenanceSettings = {
  mode: settingsTable.mode.default,
  pruneAfterMs: 30 * dayMs,
  maxEntries: settingsTable.maxEntries.default,
  resetArchiveRetentionMs: 30 * dayMs,
  maxDiskBytes: null,
  highWaterBytes: null,
};

/** Reads `session.maintenance`. What can't be used is reported, and its default holds. */
export function readMaintenance(
  object: SettingsObject | undefined,
  report: SettingsReport,
): MaintenanceSettings {
  if (object === undefined) return defaultMaintenance;
  reportUnknownMembers(object, membersInTable("session.maintenance"), report);
  reportDeprecated(object, report);
  const pruneAfterMs = readPruneAfter(object, report);
  const resetArchiveRetentionMs = readDurationOrFalse(object, settingsTable.resetArchiveRetention, report);
  return {
    mode: readChoice(object, settingsTable.mode, report) ?? defaultMaintenance.mode,
    pruneAfterMs,
    maxEntries: readCount(object, settingsTable.maxEntries, report) ?? defaultMaintenance.maxEntries,
    resetArchiveRetentionMs:
      resetArchiveRetentionMs === false ? null : (resetArchiveRetentionMs ?? pruneAfterMs),
    ...readDiskLimits(object, report),
  };
}

function reportDeprecated(object: SettingsObject, report: SettingsReport): void {
  const deprecated = [
    ["pruneDays", "settings-deprecated-key"],
    ["rotateBytes", "settings-ignored-key"],
  ] as const;
  for (const [name, id] of deprecated) {
    if (memberOf(object, name) !== undefined) reportSetting(report, id, { field: memberPath(object, name) });
  }
}

function readPruneAfter(object: SettingsObject, report: SettingsReport): number {
  const days = readCount(object, settingsTable.pruneDays, report);
  const fallbackMs = days === undefined ? defaultMaintenance.pruneAfterMs : days * dayMs;
  return readDuration(object, settingsTable.pruneAfter, report) ?? fallbackMs;
}

/** The high-water mark is never above the limit and, for a limit of a few bytes, never zero. */
function readDiskLimits(object: SettingsObject, report: SettingsReport) {
  const maxDiskBytes = readBytes(object, settingsTable.maxDiskBytes, report) ?? null;
  const asked = readBytes(object, settingsTable.highWaterBytes, report);
  if (maxDiskBytes === null) return { maxDiskBytes, highWaterBytes: null };
  const highWaterBytes = asked ?? Math.max(1, Math.floor(0.8 * maxDiskBytes));
  return { maxDiskBytes, highWaterBytes: Math.min(highWaterBytes, maxDiskBytes) };
}
