import { StoreError } from "@sessionsmith/core";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A day of the calendar, and a time of it. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Formats by zone: making one takes a thousand times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Sees to it that a time zone is one that the system knows (`Europe/Berlin`, `UTC`).
 * @throws StoreError E_USAGE
 */
export function requireTimeZone(timeZone: string): void {
  formatOf(timeZone);
}

/** The day of the calendar in a zone at an instant (epoch ms). */
export function localDay(atMs: number, timeZone: string): Pick<LocalTime, "year" | "month" | "day"> {
  const wall = new Date(wallClock(atMs, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/**
 * The first instant (epoch ms) at which the clocks of a zone show a time of a day, or a later one: a time that a change of the
 * clocks leaves out is the moment of the change, and of one that comes twice the first counts.
 * @param local a day beyond the end of the month is one of the next
 */
export function instantOf(local: LocalTime, timeZone: string): number {
  const { year, month, day, hour, minute } = local;
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  // No zone is further from UTC than 14 hours, so the instant lies between these two.
  const [from, to] = [wall - dayMs, wall + dayMs];
  const [before, after] = [wall - offsetAt(from, timeZone), wall - offsetAt(to, timeZone)];
  const candidates = [before, after].filter((at) => wallClock(at, timeZone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : changeBetween(from, to, timeZone);
}

/** An instant as the clocks of a zone show it, to the minute: `2026-11-20 13:05 (Europe/Berlin)`. */
export function formatZonedTime(atMs: number, timeZone: string): string {
  const shown = new Date(wallClock(atMs, timeZone)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)} (${timeZone})`;
}

/** The instant between two at which the clocks are set to another offset. */
function changeBetween(from: number, to: number, timeZone: string): number {
  const before = offsetAt(from, timeZone);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** What has to be added to UTC, in ms. */
function offsetAt(atMs: number, timeZone: string): number {
  return wallClock(atMs, timeZone) - Math.floor(atMs / 1000) * 1000;
}

/** What the clocks of the zone show, to the second, as epoch ms of a zone without an offset. */
function wallClock(atMs: number, timeZone: string): number {
  const shown = new Map<string, number>();
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) shown.set(type, Number(value));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const [year, month, day] = [part("year"), part("month"), part("day")];
  return Date.UTC(year, month - 1, day, part("hour"), part("minute"), part("second"));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = newFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const number = "numeric";
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StoreError(
      "E_USAGE",
      `${JSON.stringify(timeZone)} is not a time zone that this system knows.`,
      {
        hint: "Use a name of the IANA database, for example Europe/Berlin or UTC.",
      },
    );
  }
}
