import { parseDuration } from "../duration.ts";
import type { SettingSpec } from "./settings-table.ts";

/** Every key of `lease` in `sessionsmith.json5`. Plain data, as the table of settings. */
export const leaseTable = {
  defaultTtl: {
    path: "lease.defaultTtl",
    type: "ttl",
    default: 3600,
    unit: "seconds",
    range: '"none", or a positive duration in ms, s, m, h or d, like 30m; a bare number is seconds',
    summary: "How long a new lease holds unless `--ttl` says it; `none` is for ever.",
  },
} as const satisfies Record<string, SettingSpec>;

/** A time to live: seconds, or null for one that never ends. */
export type ParsedTtl =
  | { readonly ok: true; readonly seconds: number | null }
  | { readonly ok: false; readonly problem: string };

/** Longest time to live, in seconds: a date can hold no more than that from now on. */
const longestSeconds = 100_000 * 86_400;

/** Reads a time to live: `none`, a number of seconds, or a duration with units. Whole seconds at least. */
export function parseTtl(text: string): ParsedTtl {
  if (text.trim().toLowerCase() === "none") return { ok: true, seconds: null };
  const duration = parseDuration(text, { bareUnit: "s" });
  if (!duration.ok) return { ok: false, problem: duration.problem };
  const seconds = duration.ms / 1000;
  if (!Number.isInteger(seconds))
    return { ok: false, problem: "a time to live is a whole number of seconds" };
  return seconds <= longestSeconds
    ? { ok: true, seconds }
    : { ok: false, problem: "the duration is too long" };
}
