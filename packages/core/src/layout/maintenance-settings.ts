import type { RetentionRule } from "./retention-rule.ts";

/**
 * `session.maintenance` of `openclaw.json` (OpenClaw 2026.5.28 settings, but the mode defaults to `warn`) and of our own
 * `sessionsmith.json5`, which wins, with defaults filled in.
 */
export interface MaintenanceSettings {
  /** `warn` reports what it would do; `enforce` does it. */
  readonly mode: "warn" | "enforce";
  /** Rows whose last update is older than this are stale. */
  readonly pruneAfterMs: number;
  /** Rows that one index may hold. */
  readonly maxEntries: number;
  /** How long `.reset.` archives stay; null keeps them for ever. */
  readonly resetArchiveRetentionMs: number | null;
  /** Bytes that the sessions directory may take; null for no limit. */
  readonly maxDiskBytes: number | null;
  /** Bytes that the disk budget goes down to; null if there is no limit. */
  readonly highWaterBytes: number | null;
  /** In the order of the file; only our own one has any. */
  readonly rules: readonly RetentionRule[];
}

/** What one settings file says of `session.maintenance`; undefined was not given there, or could not be used. */
export interface GivenMaintenance {
  readonly mode: MaintenanceSettings["mode"] | undefined;
  readonly pruneAfterMs: number | undefined;
  readonly maxEntries: number | undefined;
  /** False keeps them for ever. */
  readonly resetArchiveRetentionMs: number | false | undefined;
  readonly maxDiskBytes: number | undefined;
  readonly highWaterBytes: number | undefined;
}
