import { parseIsoTime } from "../iso-time.ts";
import { parseRowTime } from "../model/parse-row-time.ts";

/** Which zone a time without one is taken to be in; an IANA name such as `Europe/Berlin`, or `UTC`. */
export type NaiveZone = string;

/**
 * Reads a time of a legacy store: everything that a row's time may be, and ISO 8601 text without a zone, which
 * openclaw-python writes and means in UTC.
 * @returns epoch ms; undefined if it is no time after 1970
 */
export function parseLegacyTime(value: unknown, naiveZone: NaiveZone): number | undefined {
  // Most times of such stores are text without a zone, and a store holds one for each message.
  const iso = typeof value === "string" ? parseIsoTime(value) : undefined;
  if (iso !== undefined && iso.offsetMinutes === undefined) {
    const atMs = inZone(iso.asUtcMs, naiveZone);
    return atMs > 0 ? atMs : undefined;
  }
  const time = parseRowTime(value);
  return time.known ? Math.trunc(time.atMs) : undefined;
}

/** Tells whether the system knows a zone. */
export function isNaiveZone(zone: string): boolean {
  try {
    zoneClock(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The moment at which the clocks of a zone show what clocks in UTC show at `asUtcMs`. In a repeated hour, the first. */
function inZone(asUtcMs: number, zone: NaiveZone): number {
  if (zone === "UTC") return asUtcMs;
  const clock = zoneClock(zone);
  const guess = asUtcMs - offsetMs(clock, asUtcMs);
  return asUtcMs - offsetMs(clock, guess);
}

/** How far the clocks of a zone are ahead of UTC at a moment. */
function offsetMs(clock: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(clock.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(atMs / 1000) * 1000;
}

const clocks = new Map<NaiveZone, Intl.DateTimeFormat>();

/** Making one takes longer than reading a file. */
function zoneClock(zone: NaiveZone): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(zone, clock);
  return clock;
}
