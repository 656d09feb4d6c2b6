import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { dayMs, hourMs } from "./snapshot-builder.ts";

/** The preset `safe` with 30 days, unless the test says otherwise. */
export function aPolicy(changes: Partial<CleanupPolicy> = {}): CleanupPolicy {
  return {
    preset: "safe",
    mode: "enforce",
    pruneAfterMs: 30 * dayMs,
    minAgeMs: hourMs,
    activeKeys: [],
    keyRules: { mainKey: "main", scope: "per-sender", mainAgentMissing: false },
    ...changes,
  };
}
