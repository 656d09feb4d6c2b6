import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { dayMs, hourMs } from "./snapshot-builder.ts";

/** The preset `safe` with 30 days, unless the test says otherwise. */
export function aPolicy(changes: Partial<CleanupPolicy> = {}): CleanupPolicy {
  return {
    preset: "safe",
    mode: "enforce",
    orders: {
      maintenance: true,
      olderThan: false,
      fixMissing: false,
      expired: false,
      ghosts: false,
      fixDmScope: false,
      rescope: false,
    },
    olderThanMs: null,
    expiredBeforeMs: null,
    kinds: [],
    pruneAfterMs: 30 * dayMs,
    maxEntries: 500,
    resetArchiveRetentionMs: 30 * dayMs,
    maxDiskBytes: null,
    highWaterBytes: null,
    rules: [],
    minAgeMs: hourMs,
    activeKeys: [],
    keyRules: { mainKey: "main", scope: "per-sender", mainAgentMissing: false },
    dmRouting: { scope: "main", bindings: [], identityLinks: [] },
    ...changes,
  };
}
