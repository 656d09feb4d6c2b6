/** `session.maintenance` of `openclaw.json`, with defaults filled in (OpenClaw 2026.5.28 settings, but the mode defaults to `warn`). */
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
}
