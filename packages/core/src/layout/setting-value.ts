import { parseBytes } from "../bytes.ts";
import { parseDuration } from "../duration.ts";
import { isJsonObject, type JsonValue } from "../json-value.ts";
import { parseTtl } from "./lease-table.ts";
import {
  memberOf,
  memberPath,
  reportSetting,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";
import type { SettingSpec } from "./settings-table.ts";

/** Reads one form of value; undefined means that the value is not of that form. */
type Parse<T> = (value: JsonValue) => T | undefined;

/** Reads the member that a spec names: undefined if it is absent, or if it could not be used and was reported. */
type ReadSetting<T> = (object: SettingsObject, spec: SettingSpec, report: SettingsReport) => T | undefined;

/** A setting that is one of some words. */
interface ChoiceSpec<T extends string> extends SettingSpec {
  readonly choices: readonly T[];
}

/** A `text`, without white space around it. */
export const readText: ReadSetting<string> = reader(textOf);

/** A `flag`. */
export const readFlag: ReadSetting<boolean> = reader((value) =>
  typeof value === "boolean" ? value : undefined,
);

/** A `count`: a positive whole number. */
export const readCount: ReadSetting<number> = reader(countOf);

/** A `port`. */
export const readPort: ReadSetting<number> = reader((value) => {
  const port = countOf(value);
  return port !== undefined && port <= 65_535 ? port : undefined;
});

/** A `duration` in ms, longer than zero. */
export const readDuration: ReadSetting<number> = reader(durationOf);

/** A `duration-or-false`: ms, or false. */
export const readDurationOrFalse: ReadSetting<number | false> = reader((value) =>
  value === false ? false : durationOf(value),
);

/** A size in `bytes`, larger than zero. */
export const readBytes: ReadSetting<number> = reader(bytesOf);

/** A `ttl` in seconds; null is for ever. */
export const readTtl: ReadSetting<number | null> = reader((value) => {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const ttl = parseTtl(String(value));
  return ttl.ok ? ttl.seconds : undefined;
});

/** The name of a `model`. */
export const readModel: ReadSetting<string> = reader(modelOf);

/** A `choice`: one of the words of the spec. Undefined if it is absent, or if it could not be used and was reported. */
export function readChoice<T extends string>(
  object: SettingsObject,
  spec: ChoiceSpec<T>,
  report: SettingsReport,
): T | undefined {
  return reader((value) => spec.choices.find((choice) => choice === value))(object, spec, report);
}

/**
 * A text with `${` is reported as a variable: only OpenClaw knows what it stands for.
 * A value that is only shown (models, tokens) can be left out; any other that is not of its form is an error.
 */
function reader<T>(parse: Parse<T>): ReadSetting<T> {
  return (object, spec, report) => {
    const name = spec.path.slice(spec.path.lastIndexOf(".") + 1);
    const value = memberOf(object, name);
    if (value === undefined) return undefined;
    const field = memberPath(object, name);
    if (typeof value === "string" && value.includes("${")) {
      reportSetting(report, "settings-variable", { field });
      return undefined;
    }
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    const isOnlyShown = spec.type === "model" || spec.unit === "tokens";
    const id = isOnlyShown ? "settings-value-left-out" : "settings-invalid-value";
    reportSetting(report, id, { field, expected: spec.range });
    return undefined;
  };
}

function textOf(value: JsonValue): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}

function countOf(value: JsonValue): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function durationOf(value: JsonValue): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const parsed = parseDuration(String(value), { bareUnit: "d" });
  return parsed.ok ? parsed.ms : undefined;
}

function bytesOf(value: JsonValue): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const parsed = parseBytes(String(value));
  return parsed.ok ? parsed.bytes : undefined;
}

function modelOf(value: JsonValue): string | undefined {
  return textOf(isJsonObject(value) ? (value["primary"] ?? null) : value);
}
