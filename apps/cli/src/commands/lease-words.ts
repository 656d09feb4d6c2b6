import { parseExactJson, parseTtl } from "@sessionsmith/core";
import type { JsonObject, JsonValue } from "@sessionsmith/core";
import type { GivenOptions } from "../options/given-options.ts";
import { jsonValuesOption, metaOption, ttlOption } from "../options/lease-options.ts";
import { UsageError } from "../usage-error.ts";

/** The time to live in seconds, null for ever, undefined if it is not given. */
export function readTtl(options: GivenOptions): number | null | undefined {
  const text = options.value(ttlOption);
  if (text === undefined) return undefined;
  const ttl = parseTtl(text);
  if (!ttl.ok) throw new UsageError(`--ttl "${text}": ${ttl.problem}`);
  return ttl.seconds;
}

/** All values of `--meta`; of a key that is given twice the last one counts. */
export function readMeta(options: GivenOptions): JsonObject {
  const entries = options.list(metaOption).map(([name, text]) => [name, metaValue(options, text)] as const);
  return Object.fromEntries(entries);
}

/** A value as it is kept: text, or what it says as JSON if that was asked for; what could not be kept as it is spelled is refused. */
export function metaValue(options: GivenOptions, text: string): JsonValue {
  if (options.flag(jsonValuesOption) !== true) return text;
  const read = parseExactJson(text);
  if (!read.ok) throw new UsageError(`"${text}" ${read.problem}`);
  return read.value;
}
