import { parseIsoTime } from "../iso-time.ts";
import type { JsonValue } from "../json-value.ts";

/** A value as it is if it is a moment in ISO 8601, so that nothing else is passed on in its place. */
export function isoText(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value.length <= 40 && parseIsoTime(value) !== undefined
    ? value
    : undefined;
}
