import { type DmScope, dmScopes, type JsonObject, StoreError } from "@sessionsmith/core";
import {
  formatTimeOfDay,
  parseIdleMinutes,
  parseTimeOfDay,
  type ResetPolicy,
  systemTimeZone,
  type TimeOfDay,
} from "../freshness/reset-policy.ts";
import { requireTimeZone } from "../freshness/zoned-time.ts";

/** What decides on keys and resets. */
export interface ManagerSettings extends ResetPolicy {
  readonly scope: DmScope;
}

/** What a program says of them. */
export interface SettingOptions {
  readonly scope?: DmScope | undefined;
  /** `H`, `"H"` or `"H:MM"`. */
  readonly dailyResetHour?: number | string | undefined;
  readonly idleResetMinutes?: number | undefined;
  /** IANA name. */
  readonly timeZone?: string | undefined;
}

/** What is changed for a store, from then on. `off` switches a reset off, whatever the program says. */
export interface SettingChanges {
  readonly scope?: DmScope;
  /** `H`, `H:MM` or `off`. */
  readonly dailyReset?: number | string;
  /** Minutes, or `off`. */
  readonly idleReset?: number | string;
}

/**
 * The settings of a program: scope per-channel-peer and no reset unless it says otherwise.
 * @throws StoreError E_USAGE for a value that is not allowed
 */
export function settingsOf(options: SettingOptions): ManagerSettings {
  const {
    scope = "per-channel-peer",
    dailyResetHour,
    idleResetMinutes,
    timeZone = systemTimeZone(),
  } = options;
  requireTimeZone(timeZone);
  return {
    scope: parseScope(scope),
    daily: dailyResetHour === undefined ? undefined : parseTimeOfDay(dailyResetHour),
    idleMinutes: idleResetMinutes === undefined ? undefined : parseIdleMinutes(idleResetMinutes),
    timeZone,
  };
}

/**
 * What the store remembers wins over what a program says.
 * @param stored as {@link changedSettings} made it
 * @throws StoreError E_USAGE for a stored value that is not allowed
 */
export function settingsOfStore(settings: ManagerSettings, stored: JsonObject): ManagerSettings {
  const { scope, dailyReset, idleReset, timeZone } = stored;
  if (typeof timeZone === "string") requireTimeZone(timeZone);
  return {
    ...settings,
    ...(typeof timeZone === "string" ? { timeZone } : {}),
    ...(scope === undefined ? {} : { scope: parseScope(scope) }),
    ...(dailyReset === undefined ? {} : { daily: unlessOff(dailyReset, parseTimeOfDay) }),
    ...(idleReset === undefined ? {} : { idleMinutes: unlessOff(idleReset, parseIdleMinutes) }),
  };
}

/**
 * What the store is to remember: with a time of day its zone as well.
 * @throws StoreError E_USAGE for a value that is not allowed
 */
export function changedSettings(
  stored: JsonObject,
  changes: SettingChanges,
  { timeZone }: Pick<ManagerSettings, "timeZone">,
): JsonObject {
  const { scope, dailyReset, idleReset } = changes;
  const daily = dailyReset === undefined ? undefined : unlessOff(dailyReset, parseTimeOfDay);
  const idle = idleReset === undefined ? undefined : unlessOff(idleReset, parseIdleMinutes);
  return {
    ...stored,
    ...(scope === undefined ? {} : { scope: parseScope(scope) }),
    ...(dailyReset === undefined ? {} : { dailyReset: daily === undefined ? "off" : formatTimeOfDay(daily) }),
    ...(daily === undefined ? {} : { timeZone }),
    ...(idleReset === undefined ? {} : { idleReset: idle ?? "off" }),
  };
}

/** Reads the name of a scope. @throws StoreError E_USAGE for another word */
export function parseScope(value: unknown): DmScope {
  const scope = dmScopes.find((known) => known === value);
  if (scope !== undefined) return scope;
  throw new StoreError("E_USAGE", `${JSON.stringify(value) ?? "undefined"} is no scope of sessions.`, {
    hint: `Use one of ${dmScopes.join(", ")}.`,
  });
}

function unlessOff<T extends TimeOfDay | number>(
  value: unknown,
  parse: (value: number | string) => T,
): T | undefined {
  if (value === "off") return undefined;
  return parse(typeof value === "number" || typeof value === "string" ? value : "");
}
