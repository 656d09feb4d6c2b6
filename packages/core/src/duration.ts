import { parseIsoTime } from "./iso-time.ts";

/** The units of a duration, in ms, the largest first. */
const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

const units = ["d", "h", "m", "s", "ms"] as const;

/** A unit that a duration may be written in: days, hours, minutes, seconds, milliseconds. */
export type DurationUnit = keyof typeof unitMs;

/** How durations are written at this place. */
export interface ParseDurationOptions {
  /** What a number without unit means (`--active 120`: `m`; OpenClaw's settings: `d`). Without it, such text is a failure. */
  readonly bareUnit?: DurationUnit;
}

/** Why text is no duration. */
export type DurationProblem =
  | "empty"
  | "syntax"
  | "unit-missing"
  | "unit-unknown"
  | "not-positive"
  | "too-large";

/** A duration in ms, or why there is none; `problem` is a sentence for the operator that does not quote the text. */
export type ParsedDuration =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly reason: DurationProblem; readonly problem: string };

const problems: Readonly<Record<DurationProblem, string>> = {
  empty: "a duration is needed, for example 30d",
  syntax: "not a duration: write numbers with units, for example 30d, 1d12h or 1.5h",
  "unit-missing": "the unit is missing: write ms, s, m, h or d behind the number, for example 30d",
  "unit-unknown": "unknown unit: only ms, s, m, h and d are understood; write weeks and months as days",
  "not-positive": "a duration must be longer than zero",
  "too-large": "the duration is too long",
};

/**
 * Reads a duration: one or more numbers with a unit (`30d`, `1d12h`, `1.5h`), rounded to whole ms.
 * Units are ms, s, m, h and d in either case; but a capital `M` is refused, because it may mean a month.
 * Zero and negative durations are failures (docs/invariants.md I10). Linear in the length of the text.
 */
export function parseDuration(text: string, options: ParseDurationOptions = {}): ParsedDuration {
  const trimmed = text.trim();
  if (trimmed === "") return failure("empty");
  if (trimmed.startsWith("-")) return failure("not-positive");
  if (bareNumber.test(trimmed)) {
    return options.bareUnit === undefined
      ? failure("unit-missing")
      : whole(Number(trimmed) * unitMs[options.bareUnit]);
  }
  const component = /(\d+(?:\.\d+)?)([a-z]+)/iy;
  let ms = 0;
  let end = 0;
  while (end < trimmed.length) {
    const [, digits, letters = ""] = component.exec(trimmed) ?? [];
    if (digits === undefined) return failure(bareNumber.test(trimmed.slice(end)) ? "unit-missing" : "syntax");
    const unit = unitOf(letters);
    if (unit === undefined) return failure("unit-unknown");
    ms += Number(digits) * unitMs[unit];
    end = component.lastIndex;
  }
  return whole(ms);
}

const bareNumber = /^\d+(?:\.\d+)?$/;

function unitOf(letters: string): DurationUnit | undefined {
  return letters === "M" ? undefined : units.find((unit) => unit === letters.toLowerCase());
}

function whole(exactMs: number): ParsedDuration {
  const ms = Math.round(exactMs);
  if (ms === 0) return failure("not-positive");
  return Number.isSafeInteger(ms) ? { ok: true, ms } : failure("too-large");
}

function failure(reason: DurationProblem): ParsedDuration {
  return { ok: false, reason, problem: problems[reason] };
}

/** Writes a length in ms exactly, in the units that {@link parseDuration} reads: `1d12h`, `90ms`, `0ms`. */
export function formatDuration(ms: number): string {
  let restMs = Math.round(Math.abs(ms));
  let text = "";
  for (const unit of units) {
    const count = Math.floor(restMs / unitMs[unit]);
    if (count > 0) text += `${count}${unit}`;
    restMs -= count * unitMs[unit];
  }
  return text === "" ? "0ms" : `${ms < 0 ? "-" : ""}${text}`;
}

/**
 * Writes how long ago something was, in the words of `openclaw sessions` 2026.5.28: `just now`, `5m ago`, up to `47h ago`,
 * then days; `unknown` for null and for the future. Each unit is rounded from the one below it.
 */
export function formatAge(ageMs: number | null): string {
  if (ageMs === null || !Number.isFinite(ageMs) || ageMs < 0) return "unknown";
  const minutes = Math.round(Math.round(ageMs / 1000) / 60);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes}m ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}h ago` : `${Math.round(hours / 24)}d ago`;
}

/** A moment in epoch ms, or a sentence why there is none that does not quote the text. */
export type ParsedMoment =
  | { readonly ok: true; readonly atMs: number }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a moment that an operator names: ISO 8601 with a zone, or epoch milliseconds.
 * A number that would be seconds or microseconds is refused rather than read as another time.
 */
export function parseMoment(text: string): ParsedMoment {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) {
    const atMs = Number(trimmed);
    return atMs >= 1e11 && atMs < 1e14
      ? { ok: true, atMs }
      : { ok: false, problem: "not epoch milliseconds: 12 to 14 digits are expected" };
  }
  const time = parseIsoTime(trimmed);
  if (time === undefined)
    return { ok: false, problem: "not a time: write 2026-11-20T08:00:00Z or epoch milliseconds" };
  if (time.offsetMinutes === undefined)
    return { ok: false, problem: "the zone is missing: end the time with Z or +01:00" };
  return { ok: true, atMs: time.asUtcMs - time.offsetMinutes * 60_000 };
}
