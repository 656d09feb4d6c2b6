import { anyText, oneOf } from "./parsers.ts";
import type { FlagSpec, ListSpec, ValueSpec } from "./option-spec.ts";
import { UsageError } from "../usage-error.ts";

/** Whom a new session is for. */
export const leaseUserOption: ValueSpec<string> = {
  kind: "value",
  flags: "--user <id>",
  description: "whom the session is for (default: anonymous)",
  parse: anyText("--user"),
};

/** How long a lease holds: seconds, a duration with its unit, or `none`. */
export const ttlOption: ValueSpec<string> = {
  kind: "value",
  flags: "--ttl <seconds>",
  description: "how long it holds: seconds, a duration like 2h, or none for ever",
  parse: anyText("--ttl"),
};

/** Values that are kept with a session. */
export const metaOption: ListSpec<readonly [name: string, value: string]> = {
  kind: "list",
  flags: "--meta <key=value>",
  description: "keep this value with the session; may be given several times",
  parse: (text) => {
    const at = text.indexOf("=");
    if (at > 0 && text.slice(0, at).trim() !== "") return [text.slice(0, at), text.slice(at + 1)];
    throw new UsageError(`--meta needs a key, = and a value, not "${text}"`);
  },
};

/** Reads values as JSON. */
export const jsonValuesOption: FlagSpec = {
  kind: "flag",
  flags: "--json-values",
  description: "values are JSON (numbers, lists, objects); without it they are text",
};

/** A session to begin like. */
export const likeOption: ValueSpec<string> = {
  kind: "value",
  flags: "--like <session>",
  description: "take over the settings and the metadata of this session, without its conversation",
  parse: anyText("--like"),
};

/** The JSON of another tool. */
export const leaseFormatOption: ValueSpec<"bytesagain"> = {
  kind: "value",
  flags: "--format <name>",
  description: "JSON in the shape of another tool: bytesagain",
  parse: oneOf("--format", ["bytesagain"]),
};
