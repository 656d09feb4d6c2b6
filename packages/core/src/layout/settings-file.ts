import { isUtf8 } from "node:buffer";
import JSON5 from "json5";
import { readWholeFile } from "../disk/read-bytes.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { StoreError } from "../store-error.ts";
import { lookOrFail } from "./disk-error.ts";

const limitBytes = 16 * 1024 * 1024;

/**
 * Reads a settings file (JSON, or JSON5 as OpenClaw writes and accepts it), following links.
 * Throws a StoreError E_CONFIG that never quotes the file: not there, not readable, more than 16 MiB, not UTF-8,
 * not JSON5 (with line and column, both 1-based), or not an object.
 */
export function readSettingsFile(fs: ReadFs, path: string): JsonObject {
  return parseSettings(readText(fs, path), path);
}

/**
 * Parses the text of a settings file, whose path is for the message.
 * Throws a StoreError E_CONFIG that never quotes it: not JSON5 (with line and column, both 1-based), or not an object.
 */
export function parseSettings(text: string, path: string): JsonObject {
  const value = parseJson(text) ?? parseJson5(text, path);
  if (isJsonObject(value)) return value;
  throw configError(path, "does not hold an object");
}

function readText(fs: ReadFs, path: string): string {
  const file = lookOrFail("E_CONFIG", path, () => {
    const real = fs.realpath(path);
    return real === undefined ? undefined : readWholeFile(fs, real, limitBytes);
  });
  if (file === undefined || file.state === "absent") throw configError(path, "is not there");
  if (file.state === "not-a-file") throw configError(path, `is a ${file.kind}, not a file`);
  if (file.state === "too-large") throw configError(path, `is larger than ${limitBytes} bytes`);
  if (!isUtf8(file.bytes)) throw configError(path, "is not valid UTF-8");
  return file.bytes.toString("utf8");
}

/** Plain JSON is what most files are, and its parser is the fast one; undefined if the text is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseJson5(text: string, path: string): unknown {
  try {
    return JSON5.parse<unknown>(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line, column } = placeOf(error);
    throw configError(path, `is not valid JSON5 at line ${line}, column ${column}`, { line, column });
  }
}

/** The parser hangs the place on its error; its message is not used, because it quotes the file. */
function placeOf(error: SyntaxError): { line: number; column: number } {
  const line = "lineNumber" in error && typeof error.lineNumber === "number" ? error.lineNumber : 1;
  const column = "columnNumber" in error && typeof error.columnNumber === "number" ? error.columnNumber : 1;
  return { line, column: Math.max(1, column) };
}

function configError(path: string, problem: string, place: JsonObject = {}): StoreError {
  return new StoreError("E_CONFIG", `The settings file ${path} ${problem}. Nothing was changed.`, {
    hint: "Correct the file, or name another one with --config.",
    details: { path, ...place },
  });
}
