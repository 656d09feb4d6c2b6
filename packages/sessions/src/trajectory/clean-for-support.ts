import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";
import { isSecretName, redactText } from "../export/redact.ts";

/** Directories that are written as what they are: absolute path -> the words that stand for it. The longest come first. */
export type NamedDirs = readonly (readonly [path: string, words: string])[];

/**
 * A copy of a value that may be shown to others: fields named after a secret are gone, secrets in texts are masked, the data of an
 * image is only its size and hash, and paths of this machine begin with words. What was said stays.
 */
export function cleanForSupport(value: JsonValue, dirs: NamedDirs): JsonValue {
  if (typeof value === "string") return cleanText(value, dirs);
  if (Array.isArray(value)) return value.map((item: JsonValue) => cleanForSupport(item, dirs));
  if (!isJsonObject(value)) return value;
  return cleanObject(value, dirs);
}

/** {@link cleanForSupport} of an object. */
export function cleanObject(object: JsonObject, dirs: NamedDirs): JsonObject {
  const isImage = object["type"] === "image";
  const fields = Object.entries(object).flatMap(([name, value]): [string, JsonValue][] => {
    if (value === undefined || (isSecretName(name) && typeof value !== "number")) return [];
    if (isImage && name === "data" && typeof value === "string") return imageFacts(value);
    return [[name, cleanForSupport(value, dirs)]];
  });
  return Object.fromEntries(fields);
}

/** {@link cleanForSupport} of a text. */
export function cleanText(text: string, dirs: NamedDirs): string {
  return namePaths(redactText(text), dirs);
}

function imageFacts(data: string): [string, JsonValue][] {
  const bytes = Buffer.from(data, "base64");
  return [
    ["bytes", bytes.length],
    ["sha256", createHash("sha256").update(bytes).digest("hex")],
  ];
}

function namePaths(text: string, dirs: NamedDirs): string {
  let named = text;
  for (const [path, words] of dirs) {
    if (path.length < 2 || !named.includes(path)) continue;
    named = named
      .split(path)
      .reduce((before, after) => before + (/^(?:$|[/\\"'\s:,;)\]}])/.test(after) ? words : path) + after);
  }
  return named;
}
