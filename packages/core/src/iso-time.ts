/** A calendar date with a time of day, read from ISO 8601 text. */
export interface IsoTime {
  /** Epoch ms if the text were in UTC. */
  readonly asUtcMs: number;
  /** Minutes that the zone of the text is ahead of UTC, or undefined if the text names no zone. */
  readonly offsetMinutes: number | undefined;
}

/** Linear: every part but the fraction has a fixed length. */
const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads ISO 8601 text strictly: `2026-11-20`, `2026-11-20T08:09:55.426Z`, `2026-11-20 08:09:55+01:00`. Seconds, fraction
 * and zone may be missing; a fraction finer than a millisecond is cut off. Undefined for any other text and for a day,
 * hour, minute, second or zone that does not exist.
 */
export function parseIsoTime(text: string): IsoTime | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const zone = match[8];
  const offsetMinutes = zone === undefined ? undefined : parseOffset(zone);
  if (zone !== undefined && offsetMinutes === undefined) return undefined;
  const dayMs = new Date(0).setUTCFullYear(year, month - 1, day);
  return { asUtcMs: dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms, offsetMinutes };
}

/** 0 for a month that does not exist. */
function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** `Z`, `+01`, `+0100` or `+01:00` in minutes. */
function parseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
