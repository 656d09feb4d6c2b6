import { type JsonObject, readEntryObject, readEntryText } from "@sessionsmith/core";
import { isTally, noTally, type Tally } from "./tally.ts";

/** What a session manager keeps in a row, under `pluginExtensions.sessionsmith.manager`. */
export interface ManagerExtension {
  /** Who the session is of; undefined for a session that others made. */
  readonly userId: string | undefined;
  readonly channelId: string | undefined;
  /** What the lines of the transcript came to when the row was written last. */
  readonly tally: Tally;
}

/** Reads what a manager keeps in a row; what is not there, or not as it must be, is as if nobody had counted yet. */
export function readExtension(entry: JsonObject): ManagerExtension {
  const own = ownExtension(entry);
  const tally = own["tally"];
  return {
    userId: readEntryText(own, "userId"),
    channelId: readEntryText(own, "channelId"),
    tally: isTally(tally) ? tally : noTally,
  };
}

/** Tells whether a manager made the row; it counts the messages of others that it works with, too. */
export function isManagersRow(entry: JsonObject): boolean {
  return typeof ownExtension(entry)["madeAt"] === "number";
}

/** Tells whether a manager counts the messages of a row. */
export function isCountedRow(entry: JsonObject): boolean {
  return Object.hasOwn(ownExtension(entry), "tally");
}

/** A row with other values in what the manager keeps; everything else stays. */
export function withExtension(entry: JsonObject, changes: JsonObject): JsonObject {
  const extensions = readEntryObject(entry, "pluginExtensions") ?? {};
  const ours = readEntryObject(extensions, "sessionsmith") ?? {};
  const manager = { ...ownExtension(entry), ...changes };
  return { ...entry, pluginExtensions: { ...extensions, sessionsmith: { ...ours, manager } } };
}

function ownExtension(entry: JsonObject): JsonObject {
  const extensions = readEntryObject(entry, "pluginExtensions") ?? {};
  const ours = readEntryObject(extensions, "sessionsmith") ?? {};
  return readEntryObject(ours, "manager") ?? {};
}
