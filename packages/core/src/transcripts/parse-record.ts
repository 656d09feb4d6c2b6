import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { isTooDeep } from "./json-depth.ts";

/** Why a line of a transcript is no record. */
export type RecordProblem = "not-utf8" | "too-deep" | "not-json" | "not-an-object";

/** A line of a transcript, understood or not. */
export type RecordParse =
  | { readonly ok: true; readonly record: JsonObject }
  | { readonly ok: false; readonly problem: RecordProblem };

/** Parses one line, given without its line end. Never throws for what the line holds. */
export function parseRecord(line: Uint8Array): RecordParse {
  if (!isUtf8(line)) return { ok: false, problem: "not-utf8" };
  if (isTooDeep(line)) return { ok: false, problem: "too-deep" };
  const bytes = Buffer.isBuffer(line) ? line : Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const value = parseJson(bytes.toString("utf8"));
  if (value === undefined) return { ok: false, problem: "not-json" };
  return isJsonObject(value) ? { ok: true, record: value } : { ok: false, problem: "not-an-object" };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
