import { isJsonObject, type JsonObject } from "@sessionsmith/core";
import { lineMarks } from "../export/line-item.ts";

/** The bytes of a line that an export holds, without its line feed; undefined for what is none, or was left out. */
export function storedLineBytes(value: unknown): Buffer | undefined {
  if (typeof value === "string") return value.includes("\n") ? undefined : Buffer.from(value, "utf8");
  if (!isJsonObject(value)) return undefined;
  const base64 = value[lineMarks.bytes];
  if (typeof base64 === "string") return Buffer.from(base64, "base64");
  if (Object.hasOwn(value, lineMarks.omitted)) return undefined;
  return Buffer.from(JSON.stringify(value), "utf8");
}

/** The header of a transcript under another session id; any other first line stays as it is. */
export function renamedHeader(line: Buffer, sessionId: string): Buffer {
  const header = parseObject(line.toString("utf8"));
  if (header?.["type"] !== "session" || typeof header["id"] !== "string") return line;
  return Buffer.from(JSON.stringify({ ...header, id: sessionId }), "utf8");
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
