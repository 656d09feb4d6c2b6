import { isJsonObject } from "../json-value.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { parseRow } from "../session-index/parse-row.ts";
import { stringsIn } from "./row-names.ts";

/** What the name of the field is written with: as it is, or with an escape. */
const marks = ["promptRef", "\\u"] as const;

/**
 * The hashes of the skill prompts that a row references by `skillsSnapshot.promptRef` (OpenClaw 2026.5.28 store format).
 * A row that is not understood is never parsed: every string in it may be one. Most rows have none, and are not parsed.
 */
export function readPromptHashes(document: IndexDocument, row: IndexRow): readonly string[] {
  if (!row.understood) return [...stringsIn(document.bytes, row.valueRange)];
  const value = document.bytes.subarray(row.valueRange.start, row.valueRange.end);
  if (!marks.some((mark) => value.includes(mark))) return [];
  const snapshot = parseRow(document, row)?.["skillsSnapshot"];
  const reference = isJsonObject(snapshot) ? snapshot["promptRef"] : undefined;
  const hash = isJsonObject(reference) ? reference["hash"] : undefined;
  return typeof hash === "string" ? [hash] : [];
}
