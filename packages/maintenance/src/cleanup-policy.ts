import { requireUsableSettings, StoreError } from "@sessionsmith/core";
import type { CanonicalKeyOptions, JsonObject, SessionSettings } from "@sessionsmith/core";

/** The sets of rules: `openclaw-2026.5` decides as OpenClaw 2026.5.28 does, `safe` keeps more. */
export const cleanupPresets = ["safe", "openclaw-2026.5"] as const;

/** The name of a set of rules. */
export type CleanupPreset = (typeof cleanupPresets)[number];

/** Everything that decides what cleanup removes, in one place. */
export interface CleanupPolicy {
  readonly preset: CleanupPreset;
  /** `warn` only reports. It changes what is done, never what is decided, so it is no part of a plan. */
  readonly mode: "warn" | "enforce";
  /** Rows whose last update is longer ago are stale. */
  readonly pruneAfterMs: number;
  /** Under `safe`, a row whose transcript was written more recently than this, and after the row, is in use. */
  readonly minAgeMs: number;
  /** Keys that the operator protects, in any spelling; sorted. */
  readonly activeKeys: readonly string[];
  /** What the settings say about the spelling of keys. */
  readonly keyRules: Required<Omit<CanonicalKeyOptions, "agentId">>;
}

/** What the operator gave by hand; it wins over the settings. */
export interface CleanupFlags {
  readonly preset?: CleanupPreset;
  /** Act although the settings say `warn`. */
  readonly enforce?: boolean;
  readonly pruneAfterMs?: number;
  readonly minAgeMs?: number;
  readonly activeKeys?: readonly string[];
}

/** One hour. */
const defaultMinAgeMs = 3_600_000;

/**
 * Combines flags, settings and defaults, in this order of precedence.
 *
 * @throws StoreError E_CONFIG if the settings could not be fully understood: nothing may be removed by half-read rules.
 * @throws StoreError E_USAGE if a limit is zero, negative or no number (docs/invariants.md I10).
 */
export function resolveCleanupPolicy(input: {
  readonly settings: SessionSettings;
  readonly flags?: CleanupFlags;
}): CleanupPolicy {
  const { settings, flags = {} } = input;
  requireUsableSettings(settings);
  const { agents, mainKey, maintenance, scope } = settings;
  const mainAgentMissing = agents.length > 0 && agents.every(({ id }) => id !== "main");
  return {
    preset: flags.preset ?? "safe",
    mode: flags.enforce === true ? "enforce" : maintenance.mode,
    pruneAfterMs: requirePositive("pruneAfter", flags.pruneAfterMs ?? maintenance.pruneAfterMs),
    minAgeMs: requirePositive("minAge", flags.minAgeMs ?? defaultMinAgeMs),
    activeKeys: [...new Set(flags.activeKeys)].toSorted(),
    keyRules: { mainKey, scope, mainAgentMissing },
  };
}

/** The policy as it stands in a plan: all that decides, and so not the mode. */
export function formatPolicy(policy: CleanupPolicy): JsonObject {
  const { mode: _mode, ...rules } = policy;
  return rules;
}

function requirePositive(name: string, ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new StoreError("E_USAGE", `${name} must be longer than 0 ms, but is ${ms}. Nothing was changed.`, {
    hint: "Give a duration such as 30d.",
    details: { name },
  });
}
