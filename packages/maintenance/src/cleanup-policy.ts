import { requireUsableSettings, StoreError } from "@sessionsmith/core";
import type {
  CanonicalKeyOptions,
  JsonObject,
  MaintenanceSettings,
  RowKind,
  SessionSettings,
} from "@sessionsmith/core";
import type { DmRouting } from "./dm-routing.ts";

/** The sets of rules: `openclaw-2026.5` decides as OpenClaw 2026.5.28 does, `safe` keeps more. */
export const cleanupPresets = ["safe", "openclaw-2026.5"] as const;

/** The name of a set of rules. */
export type CleanupPreset = (typeof cleanupPresets)[number];

/**
 * Which passes run. An order that the operator gave by hand runs in mode `warn` too; what the settings rule runs only in mode
 * `enforce`, and in a preview, which shows what that mode would do.
 */
export interface CleanupOrders {
  /** What `session.maintenance` rules: stale rows, model probes, the cap, archives, artifacts, the disk budget. */
  readonly maintenance: boolean;
  /** Stale rows, by an age that the operator gave. */
  readonly olderThan: boolean;
  /** Rows whose transcript is missing or holds no message, and pointers to transcripts that can be mended. */
  readonly fixMissing: boolean;
  /** Rows whose lease has run out. Given alone, nothing else is done, unless the operator enforces it. */
  readonly expired: boolean;
  /** Rows whose transcript exists and holds no message. */
  readonly ghosts: boolean;
  /** Rows of direct messages that an earlier DM scope left behind leave, where the scope is `main` now. */
  readonly fixDmScope: boolean;
  /** Rows of direct messages get the keys that the present DM scope makes. */
  readonly rescope: boolean;
}

/** The limits of `session.maintenance` that a plan is made by. */
export type CleanupLimits = Omit<MaintenanceSettings, "mode">;

/** Everything that decides what cleanup removes, in one place. */
export interface CleanupPolicy extends CleanupLimits {
  readonly preset: CleanupPreset;
  readonly orders: CleanupOrders;
  /** `warn` only reports. It changes what is done, never what is decided, so it is no part of a plan. */
  readonly mode: "warn" | "enforce";
  /** The age of the order `olderThan`; for the rows that it is about it takes the place of `pruneAfterMs`. */
  readonly olderThanMs: number | null;
  /** Epoch ms before which a lease must have run out for the order `expired`, apart from now. */
  readonly expiredBeforeMs: number | null;
  /** The kinds of rows that orders given by hand are about; none: all. Sorted. */
  readonly kinds: readonly RowKind[];
  /** Under `safe`, a row whose transcript was written more recently than this, and after the row, is in use. */
  readonly minAgeMs: number;
  /** Keys that the operator protects, in any spelling; sorted. */
  readonly activeKeys: readonly string[];
  /** What the settings say about the spelling of keys. */
  readonly keyRules: Required<Omit<CanonicalKeyOptions, "agentId">>;
  /** What the settings say about the keys of direct messages. */
  readonly dmRouting: DmRouting;
}

/** What the operator gave by hand; it wins over the settings. */
export interface CleanupFlags {
  readonly preset?: CleanupPreset;
  /** Act although the settings say `warn`. */
  readonly enforce?: boolean;
  /** Only look: show what mode `enforce` would do. */
  readonly preview?: boolean;
  /** Remove rows that are older, in either mode; it takes the place of `pruneAfter`. */
  readonly olderThanMs?: number;
  readonly fixMissing?: boolean;
  readonly expired?: boolean;
  /** Epoch ms: of the leases that have run out, only those that had by then. */
  readonly expiredBeforeMs?: number;
  readonly ghosts?: boolean;
  /** Rows of other kinds stay, as far as orders by hand go. */
  readonly kinds?: readonly RowKind[];
  readonly fixDmScope?: boolean;
  readonly rescope?: boolean;
  readonly minAgeMs?: number;
  readonly activeKeys?: readonly string[];
}

/** One hour. */
const defaultMinAgeMs = 3_600_000;

/**
 * Combines flags, settings and defaults, in this order of precedence.
 *
 * @throws StoreError E_CONFIG if the settings could not be fully understood: nothing may be removed by half-read rules.
 * @throws StoreError E_USAGE if a limit is zero, negative or no number (docs/invariants.md I10), or if rows can't be rescoped.
 */
export function resolveCleanupPolicy(input: {
  readonly settings: SessionSettings;
  readonly flags?: CleanupFlags;
}): CleanupPolicy {
  const { settings, flags = {} } = input;
  requireUsableSettings(settings);
  const { agents, mainKey, maintenance, scope, dmScope, bindingDmScopes, identityLinks } = settings;
  const { mode: configuredMode, ...limits } = maintenance;
  const mode = flags.enforce === true ? "enforce" : configuredMode;
  const mainAgentMissing = agents.length > 0 && agents.every(({ id }) => id !== "main");
  return {
    preset: flags.preset ?? "safe",
    mode,
    orders: {
      maintenance:
        flags.enforce === true || ((mode === "enforce" || flags.preview === true) && !isOnlyExpired(flags)),
      olderThan: flags.olderThanMs !== undefined,
      fixMissing: flags.fixMissing === true,
      expired: flags.expired === true,
      ghosts: flags.ghosts === true,
      fixDmScope: flags.fixDmScope === true,
      rescope: flags.rescope === true && requireScopeOfPeers(settings),
    },
    ...limits,
    pruneAfterMs: requirePositive("pruneAfter", limits.pruneAfterMs),
    olderThanMs: flags.olderThanMs === undefined ? null : requirePositive("olderThan", flags.olderThanMs),
    expiredBeforeMs: flags.expiredBeforeMs ?? null,
    kinds: [...new Set(flags.kinds)].toSorted(),
    minAgeMs: requirePositive("minAge", flags.minAgeMs ?? defaultMinAgeMs),
    activeKeys: [...new Set(flags.activeKeys)].toSorted(),
    keyRules: { mainKey, scope, mainAgentMissing },
    dmRouting: { scope: dmScope, bindings: bindingDmScopes, identityLinks },
  };
}

/** An order about leases alone is about nothing else. */
function isOnlyExpired({
  expired,
  olderThanMs,
  fixMissing,
  ghosts,
  fixDmScope,
  rescope,
}: CleanupFlags): boolean {
  const others = [olderThanMs, fixMissing, ghosts, fixDmScope, rescope];
  return expired === true && others.every((order) => order === undefined || order === false);
}

/** The policy as it stands in a plan: all that decides, and so not the mode. */
export function formatPolicy(policy: CleanupPolicy): JsonObject {
  const { mode: _mode, orders, rules, ...limits } = policy;
  return {
    ...limits,
    orders: { ...orders },
    rules: rules.map(({ match, ...effects }) => ({ ...effects, match: { ...match } })),
  };
}

/** Where all direct messages share a session, rescoping would lay the conversations of different people together. */
function requireScopeOfPeers({ scope, dmScope }: SessionSettings): true {
  const setting = scope === "global" ? "session.scope is global" : "session.dmScope is main";
  if (scope !== "global" && dmScope !== "main") return true;
  throw new StoreError(
    "E_USAGE",
    `--rescope gives each peer a session, but ${setting}, so all share one. Nothing was changed.`,
    {
      hint: "Where session.dmScope is main, --fix-dm-scope retires the rows of single peers.",
      details: { name: "rescope" },
    },
  );
}

function requirePositive(name: string, ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new StoreError("E_USAGE", `${name} must be longer than 0 ms, but is ${ms}. Nothing was changed.`, {
    hint: "Give a duration such as 30d.",
    details: { name },
  });
}
