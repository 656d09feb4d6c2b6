import { readEntryObject } from "@sessionsmith/core";
import type { JsonObject } from "@sessionsmith/core";

/** The name under which this product keeps its own data in the `pluginExtensions` of a row. */
const ownName = "sessionsmith";

/**
 * The mark of a row that stays although its transcript was archived: `pluginExtensions.sessionsmith.stage`. Data of others,
 * and other data of our own, stays beside it.
 * @param transcript the name that the transcript had; the archive's name begins with it
 */
export function stageMark(entry: JsonObject, transcript: string): JsonObject {
  const extensions = readEntryObject(entry, "pluginExtensions") ?? {};
  const own = readEntryObject(extensions, ownName) ?? {};
  const stage = { kept: "metadata", transcript };
  return { pluginExtensions: { ...extensions, [ownName]: { ...own, stage } } };
}

/** Tells whether a row has that mark for a transcript of this name. */
export function isMarked(entry: JsonObject, transcript: string): boolean {
  const stage = readEntryObject(ownData(entry) ?? {}, "stage");
  return stage?.["kept"] === "metadata" && stage["transcript"] === transcript;
}

/** Tells whether a row carries that mark, for whatever transcript, and no other data of this product. */
export function isOnlyMarked(entry: JsonObject): boolean {
  const names = Object.keys(ownData(entry) ?? {});
  return names.length === 1 && names[0] === "stage";
}

function ownData(entry: JsonObject): JsonObject | undefined {
  const extensions = readEntryObject(entry, "pluginExtensions");
  return extensions && readEntryObject(extensions, ownName);
}
