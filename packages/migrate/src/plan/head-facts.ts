import { isJsonObject, type JsonObject, type JsonValue, readEntryText } from "@sessionsmith/core";
import { metadataTexts } from "./session-row.ts";

/** Texts by which a session names its key. */
export const keyTexts = ["session_key", "sessionKey"] as const;

const headTexts = ["agentId", ...keyTexts] as const;
const nothing: JsonObject = {};
const emptyMetadata: JsonObject = { metadata: nothing };

/**
 * What a plan needs of all that a file says of its session: the rest of it, which may be a whole conversation (Clodds), is not
 * held in memory.
 */
export function headFacts(head: JsonObject | undefined): JsonObject | undefined {
  if (head === undefined) return undefined;
  const texts = pick(head, headTexts);
  const metadata = Object.hasOwn(head, "metadata") ? head["metadata"] : undefined;
  if (!isJsonObject(metadata)) return texts;
  const picked = pick(metadata, [...keyTexts, ...metadataTexts]);
  // One object for all sessions of which nothing is told.
  return texts === nothing && picked === nothing ? emptyMetadata : { ...texts, metadata: picked };
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  const picked = new Map<string, JsonValue>();
  for (const name of names) {
    const text = readEntryText(object, name);
    if (text !== undefined) picked.set(name, text);
  }
  return picked.size === 0 ? nothing : Object.fromEntries(picked);
}
