import { type JsonObject, type JsonValue, readEntryObject } from "@sessionsmith/core";

const ownName = "sessionsmith";
const fieldName = "encryption";

/** The seal that a row keeps of its encrypted transcript; undefined if it keeps none. */
export function readRowSeal(entry: JsonObject): JsonValue | undefined {
  const extensions = readEntryObject(entry, "pluginExtensions");
  const own = extensions && readEntryObject(extensions, ownName);
  return own !== undefined && Object.hasOwn(own, fieldName) ? own[fieldName] : undefined;
}

/**
 * The extensions of a row with another seal, or with none; undefined if nothing would be left of them. Data of others, and other data
 * of our own, stays beside it.
 */
export function extensionsWithSeal(entry: JsonObject, seal: JsonObject | undefined): JsonObject | undefined {
  const { [ownName]: _own, ...others } = readEntryObject(entry, "pluginExtensions") ?? {};
  const { [fieldName]: _seal, ...rest } = ownData(entry);
  const own = seal === undefined ? rest : { ...rest, [fieldName]: seal };
  if (Object.keys(own).length > 0) return { ...others, [ownName]: own };
  return Object.keys(others).length > 0 ? others : undefined;
}

function ownData(entry: JsonObject): JsonObject {
  const extensions = readEntryObject(entry, "pluginExtensions");
  return (extensions && readEntryObject(extensions, ownName)) ?? {};
}
