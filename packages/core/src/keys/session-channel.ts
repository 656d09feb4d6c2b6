import type { JsonObject } from "../json-value.ts";
import { readEntryObject, readEntryText } from "../model/entry-view.ts";
import { parseSessionKey } from "./parse-session-key.ts";

/**
 * The channel of a session in lower case, such as `telegram`: the one that its key names, or else `channel`, the channel of
 * `deliveryContext` or `lastChannel` of its row (OpenClaw 2026.5.28 store format). Undefined if none is named.
 */
export function sessionChannel(key: string, entry: JsonObject): string | undefined {
  const parsed = parseSessionKey(key);
  const ofKey = parsed.form === "direct" || parsed.form === "conversation" ? parsed.channel : undefined;
  const delivery = readEntryObject(entry, "deliveryContext");
  const channel =
    ofKey ??
    readEntryText(entry, "channel") ??
    (delivery && readEntryText(delivery, "channel")) ??
    readEntryText(entry, "lastChannel");
  return channel?.trim().toLowerCase();
}
