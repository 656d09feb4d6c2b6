import { readEntryText, type JsonObject } from "@sessionsmith/core";

/** A conversation with several people, as its key tells it. */
export interface NamedGroup {
  readonly channel: string;
  /** What follows `group:` or `channel:` in the key, threads too. */
  readonly id: string;
}

/**
 * A name for a group that nobody has named, by the rule of OpenClaw 2026.5.28: `<channel>:g-<what the row or the key calls it>`, in
 * lower case and with dashes.
 */
export function groupDisplayName(entry: JsonObject, { channel, id }: NamedGroup): string {
  const text = (field: string): string | undefined => readEntryText(entry, field)?.trim() || undefined;
  const [groupChannel, space] = [text("groupChannel"), text("space")];
  const both =
    groupChannel !== undefined && space !== undefined
      ? `${space}${groupChannel.startsWith("#") ? "" : "#"}${groupChannel}`
      : undefined;
  const slug = slugOf(both ?? groupChannel ?? text("subject") ?? space ?? id);
  const token = groupChannel === undefined ? slug.replace(/^#+/, "") : slug;
  if (token === "") return channel;
  const isMarked = /^[@#]/.test(token) || token.startsWith("g-") || token.includes("#");
  return `${channel}:${isMarked ? token : `g-${token}`}`;
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, "-")
    .replaceAll(/[^a-z0-9#@._+-]/g, "-")
    .replaceAll(/-{2,}/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}
