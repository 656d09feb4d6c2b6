import { parseIsoTime } from "../iso-time.ts";
import type { RowTime } from "./row-time.ts";

/** Below the first it is seconds, below the second milliseconds, below the third microseconds. */
const limits = { s: 1e11, ms: 1e14, us: 1e17 } as const;

/**
 * Understands a stored time (`updatedAt` and its like): epoch seconds, milliseconds or microseconds, told apart by their
 * size, and ISO 8601 text with a zone. Everything else is unknown, with the reason; an unknown time is never judged by.
 * Text without a zone is unknown, because writers of such text meant UTC or local time. Text of digits is no time.
 *
 * Milliseconds are kept as they are; seconds and microseconds are rounded to whole milliseconds.
 */
export function parseRowTime(value: unknown): RowTime {
  if (value === undefined || value === null) return { known: false, why: "absent" };
  if (typeof value === "number") return parseNumber(value);
  if (typeof value === "string") return parseText(value);
  return { known: false, why: "not-a-time" };
}

function parseNumber(value: number): RowTime {
  if (value === 0) return { known: false, why: "zero" };
  if (value < 0) return { known: false, why: "negative" };
  if (value < limits.s) return { known: true, atMs: Math.round(value * 1000), unit: "s" };
  if (value < limits.ms) return { known: true, atMs: value, unit: "ms" };
  if (value < limits.us) return { known: true, atMs: Math.round(value / 1000), unit: "us" };
  return { known: false, why: "not-a-time" };
}

function parseText(text: string): RowTime {
  const time = parseIsoTime(text);
  if (time === undefined) return { known: false, why: "not-a-time" };
  if (time.offsetMinutes === undefined) return { known: false, why: "zoneless" };
  const atMs = time.asUtcMs - time.offsetMinutes * 60_000;
  if (atMs > 0) return { known: true, atMs, unit: "iso" };
  return { known: false, why: atMs === 0 ? "zero" : "negative" };
}
