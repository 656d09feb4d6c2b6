import type { GivenMaintenance, MaintenanceSettings } from "./maintenance-settings.ts";
import type { RetentionRule } from "./retention-rule.ts";
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
  rules: [],
};

/**
 * Reads `session.maintenance` of one settings file. What can't be used is reported and left out.
 * @param extra names that the file may have beside those of OpenClaw
 */
export function readMaintenance(
  object: SettingsObject | undefined,
  report: SettingsReport,
  extra: readonly string[] = [],
): Partial<GivenMaintenance> {
  if (object === undefined) return {};
  reportUnknownMembers(object, new Set([...membersInTable("session.maintenance"), ...extra]), report);
  reportDeprecated(object, report);
  return {
    mode: readChoice(object, settingsTable.mode, report),
    pruneAfterMs: readPruneAfter(object, report),
    maxEntries: readCount(object, settingsTable.maxEntries, report),
    resetArchiveRetentionMs: readDurationOrFalse(object, settingsTable.resetArchiveRetention, report),
    maxDiskBytes: readBytes(object, settingsTable.maxDiskBytes, report),
    highWaterBytes: readBytes(object, settingsTable.highWaterBytes, report),
  };
}

/**
 * Combines what several files say, the first of them winning, and fills in the defaults. Some of those follow from other
 * values: reset archives stay as long as rows, and the disk budget goes down to 80 %. The high-water mark is never above the
 * limit and, for a limit of a few bytes, never zero.
 */
export function completeMaintenance(
  files: readonly Partial<GivenMaintenance>[],
  rules: readonly RetentionRule[] = [],
): MaintenanceSettings {
  const pruneAfterMs = first(files, "pruneAfterMs") ?? defaultMaintenance.pruneAfterMs;
  const resetArchiveRetentionMs = first(files, "resetArchiveRetentionMs") ?? pruneAfterMs;
  const maxDiskBytes = first(files, "maxDiskBytes") ?? null;
  return {
    mode: first(files, "mode") ?? defaultMaintenance.mode,
    pruneAfterMs,
    maxEntries: first(files, "maxEntries") ?? defaultMaintenance.maxEntries,
    resetArchiveRetentionMs: resetArchiveRetentionMs === false ? null : resetArchiveRetentionMs,
    maxDiskBytes,
    highWaterBytes: maxDiskBytes && highWater(maxDiskBytes, first(files, "highWaterBytes")),
    rules,
  };
}

function first<N extends keyof GivenMaintenance>(
  files: readonly Partial<GivenMaintenance>[],
  name: N,
): GivenMaintenance[N] | undefined {
  return files.find((given) => given[name] !== undefined)?.[name];
}

function highWater(maxDiskBytes: number, asked: number | undefined): number {
  return Math.min(asked ?? Math.max(1, Math.floor(0.8 * maxDiskBytes)), maxDiskBytes);
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

function readPruneAfter(object: SettingsObject, report: SettingsReport): number | undefined {
  const days = readCount(object, settingsTable.pruneDays, report);
  const fallbackMs = days === undefined ? undefined : days * dayMs;
  return readDuration(object, settingsTable.pruneAfter, report) ?? fallbackMs;
}
