import { StoreError } from "@sessionsmith/core";

/** A time of day in whole minutes. */
export interface TimeOfDay {
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
}

/** When a session gives way to a new one by itself. */
export interface ResetPolicy {
  /** Each day at this time; undefined: never. */
  readonly daily: TimeOfDay | undefined;
  /** After this long without a message, in minutes; undefined: never. */
  readonly idleMinutes: number | undefined;
  /** IANA name of the zone that the time of day is of. */
  readonly timeZone: string;
}

/**
 * Reads a time of day: an hour (`4`, `"04"`) or hour and minutes (`"4:30"`).
 * @throws StoreError E_USAGE for anything else
 */
export function parseTimeOfDay(time: number | string): TimeOfDay {
  const text = String(time).trim();
  const [, hour = "", minute = "0"] = /^(\d{1,2})(?::(\d{2}))?$/.exec(text) ?? [];
  if (hour !== "" && Number(hour) <= 23 && Number(minute) <= 59)
    return { hour: Number(hour), minute: Number(minute) };
  throw new StoreError("E_USAGE", `${JSON.stringify(text)} is not a time of day.`, {
    hint: "Write an hour from 0 to 23, or hour and minutes, for example 04:30.",
  });
}

/** Writes a time of day: `04:30`. */
export function formatTimeOfDay({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Reads minutes without a message. @throws StoreError E_USAGE unless it is a whole number from 1 on */
export function parseIdleMinutes(minutes: number | string): number {
  const text = String(minutes).trim();
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1) return count;
  throw new StoreError("E_USAGE", `${JSON.stringify(text)} is not a number of minutes.`, {
    hint: "Write a whole number from 1 on, for example 30.",
  });
}

/** The zone of this system, for a policy that names none. */
export function systemTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
