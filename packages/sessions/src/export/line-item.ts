import { isUtf8 } from "node:buffer";
import { type JsonObject, type JsonValue, parseRecord, type TranscriptLine } from "@sessionsmith/core";
import { redactJson, redactText } from "./redact.ts";

/** One line of a transcript, as an export holds it. */
export type LineItem =
  | {
      readonly kind: "record";
      readonly record: JsonObject;
      /** The line itself. */
      readonly text: string;
    }
  /** A line that is no record. */
  | { readonly kind: "text"; readonly text: string }
  /** A line that is not UTF-8. */
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  /** A line that is too long to be held; its length in bytes. */
  | { readonly kind: "omitted"; readonly length: number };

/** Fields that mark what is not a record among the lines of an export. */
export const lineMarks = { bytes: "$base64", omitted: "$omitted" } as const;

/** Reads a line. A carriage return before the line end belongs to the text, so that nothing of the line is lost. */
export function lineItem(line: TranscriptLine): LineItem {
  const { bytes } = line;
  if (bytes === undefined) return { kind: "omitted", length: line.length };
  const hasReturn = line.endOffset - line.offset - line.length === 2;
  if (!isUtf8(bytes)) return { kind: "bytes", bytes };
  const text = bytes.toString("utf8") + (hasReturn ? "\r" : "");
  const parsed = parseRecord(bytes);
  return parsed.ok ? { kind: "record", record: parsed.record, text } : { kind: "text", text };
}

/** The same line without the secrets that can be told. Bytes that are no text are left out as a whole. */
export function redactItem(item: LineItem): LineItem {
  switch (item.kind) {
    case "record": {
      const record = redactJson(item.record);
      return { kind: "record", record, text: JSON.stringify(record) };
    }
    case "text":
      return { kind: "text", text: redactText(item.text) };
    case "bytes":
      return { kind: "omitted", length: item.bytes.length };
    case "omitted":
      return item;
  }
}

/**
 * A line as a value of JSON: the record itself where JSON writes it exactly as it stands, else the line as a string; an object with
 * one of {@link lineMarks} for what is no text. The way back is `storedLineText`.
 */
export function storedLine(item: LineItem): JsonValue {
  switch (item.kind) {
    case "record":
      return isPlain(item) ? item.record : item.text;
    case "text":
      return item.text;
    case "bytes":
      return { [lineMarks.bytes]: item.bytes.toString("base64") };
    case "omitted":
      return { [lineMarks.omitted]: item.length };
  }
}

function isPlain({ record, text }: { readonly record: JsonObject; readonly text: string }): boolean {
  const isMark = Object.values(lineMarks).some((mark) => Object.hasOwn(record, mark));
  return !isMark && isShallow(record, mostLevels) && JSON.stringify(record) === text;
}

/** Levels of a record that is stored as it is: what is around it in an export must not make it too deep to be read again. */
const mostLevels = 200;

function isShallow(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  const inside: readonly (JsonValue | undefined)[] = Object.values(value);
  return levels > 0 && inside.every((inner) => isShallow(inner, levels - 1));
}
