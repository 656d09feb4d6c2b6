import { type JsonObject, type JsonValue, StoreError } from "@sessionsmith/core";

const flags: ReadonlySet<string> = new Set(["fastMode"]);
const counts: ReadonlySet<string> = new Set([
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "contextTokens",
  "spawnDepth",
]);
const lists: ReadonlySet<string> = new Set(["inheritedToolAllow", "inheritedToolDeny"]);

/**
 * Reads a patch as it is written on a command line: `field=value`, split at the first `=`. A list is written with commas.
 * Whether a field is patchable, and the value allowed, `patchChanges` says.
 * @param cleared names of fields to clear
 * @throws StoreError E_USAGE for a word without `=`, without a name, or for a field that is named twice
 */
export function patchFromWords(words: readonly string[], cleared: readonly string[]): JsonObject {
  const patch = new Map<string, JsonValue>();
  const set = (field: string, value: JsonValue): void => {
    if (patch.has(field)) throw badWord(`${field} is given twice.`);
    patch.set(field, value);
  };
  for (const word of words) {
    const at = word.indexOf("=");
    const field = word.slice(0, Math.max(at, 0)).trim();
    if (field === "") throw badWord(`"${word}" is no field=value.`);
    set(field, valueOf(field, word.slice(at + 1)));
  }
  for (const field of cleared) set(field, null);
  return Object.fromEntries(patch);
}

/** A text that is not of the kind of its field stays a text, so that the rule of the field refuses it. */
function valueOf(field: string, text: string): JsonValue {
  if (flags.has(field) && (text === "true" || text === "false")) return text === "true";
  if (counts.has(field) && /^\d{1,16}$/.test(text)) return Number(text);
  return lists.has(field) ? text.split(",") : text;
}

function badWord(what: string): StoreError {
  return new StoreError("E_USAGE", `${what} Nothing was changed.`, {
    hint: 'Write field=value, for example thinkingLevel=high or "label=Anna\'s trip".',
  });
}
