import type { JsonObject } from "../json-value.ts";
import { isJsonObject } from "../json-value.ts";

/** The field of a row if it is a string, else undefined. */
export function readEntryText(entry: JsonObject, field: string): string | undefined {
  const value = ownValue(entry, field);
  return typeof value === "string" ? value : undefined;
}

/** The field of a row if it is a finite number, else undefined. */
export function readEntryNumber(entry: JsonObject, field: string): number | undefined {
  const value = ownValue(entry, field);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The field of a row if it is true or false, else undefined. */
export function readEntryFlag(entry: JsonObject, field: string): boolean | undefined {
  const value = ownValue(entry, field);
  return typeof value === "boolean" ? value : undefined;
}

/** The field of a row if it is an object, else undefined. */
export function readEntryObject(entry: JsonObject, field: string): JsonObject | undefined {
  const value = ownValue(entry, field);
  return isJsonObject(value) ? value : undefined;
}

/** How the conversation is shaped: `chatType` of the row, else of its origin. Any text, also one that is not documented. */
export function chatTypeOf(entry: JsonObject): string | undefined {
  const own = readEntryText(entry, "chatType");
  if (own !== undefined) return own;
  const origin = readEntryObject(entry, "origin");
  return origin && readEntryText(origin, "chatType");
}

/** The operator's name for the session, or undefined if there is none or only white space. */
export function entryLabel(entry: JsonObject): string | undefined {
  const label = readEntryText(entry, "label");
  return label?.trim() === "" ? undefined : label;
}

function ownValue(entry: JsonObject, field: string): unknown {
  const value = entry[field];
  return value !== undefined && Object.hasOwn(entry, field) ? value : undefined;
}
