/** A calendar date with a time of day, read from ISO 8601 text. */
export interface IsoTime {
  /** Epoch ms if the text were in UTC. */
  readonly asUtcMs: number;
  /** Minutes that the zone of the text is ahead of UTC, or undefined if the text names no zone. */
  readonly offsetMinutes: number | undefined;
}

/** Linear: every part but the fraction has a fixed length, so that each is found by its place. */
const isoPattern =
  /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads ISO 8601 text strictly: `2026-11-20`, `2026-11-20T08:09:55.426Z`, `2026-11-20 08:09:55+01:00`. Seconds, fraction
 * and zone may be missing; a fraction finer than a millisecond is cut off. Undefined for any other text and for a day,
 * hour, minute, second or zone that does not exist.
 */
export function parseIsoTime(text: string): IsoTime | undefined {
  if (!isoPattern.test(text)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  // Date.UTC takes a year below 100 for one of the last century; the calendar repeats every 400 years.
  const dayMs = Date.UTC(year + 400, month - 1, day) - fourCenturiesMs;
  if (text.length === dateLength) return { asUtcMs: dayMs, offsetMinutes: undefined };
  return parseTimeOfDay(text, dayMs);
}

const dateLength = 10;
const fourCenturiesMs = 146_097 * 86_400_000;

function parseTimeOfDay(text: string, dayMs: number): IsoTime | undefined {
  const hasSeconds = text[16] === ":";
  const hasFraction = hasSeconds && text[19] === ".";
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = hasSeconds ? twoDigits(text, 17) : 0;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fractionEnd = hasFraction ? endOfDigits(text, 20) : 0;
  const ms = hasFraction ? milliseconds(text, 20, fractionEnd) : 0;
  const zoneStart = hasFraction ? fractionEnd : hasSeconds ? 19 : 16;
  const asUtcMs = dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  if (zoneStart === text.length) return { asUtcMs, offsetMinutes: undefined };
  const offsetMinutes = parseOffset(text.slice(zoneStart));
  return offsetMinutes === undefined ? undefined : { asUtcMs, offsetMinutes };
}

const zeroCode = 0x30;
const nineCode = 0x39;

/** The number that two digits at a place make. Read one by one: a store has a time for each message. */
function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - zeroCode;
}

/** The milliseconds of a fraction of a second, of one digit or more. */
function milliseconds(text: string, start: number, end: number): number {
  const tens = digit(text, start) * 100 + (end > start + 1 ? digit(text, start + 1) * 10 : 0);
  return end > start + 2 ? tens + digit(text, start + 2) : tens;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) >= zeroCode && text.charCodeAt(end) <= nineCode) end += 1;
  return end;
}

/** 0 for a month that does not exist. */
function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** `Z`, `+01`, `+0100` or `+01:00` in minutes. */
function parseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
