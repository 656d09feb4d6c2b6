import {
  isJsonObject,
  type JsonObject,
  parseRecord,
  readEntryText,
  type ReadableFile,
  scanLines,
} from "@sessionsmith/core";
import type { RowWarnings } from "./row-warnings.ts";

/** The active branch of a transcript: from its first record to the last one in the file. */
export interface SessionBranch {
  readonly header: JsonObject | null;
  readonly leafId: string | null;
  /** In the order of the conversation. */
  readonly entries: readonly JsonObject[];
}

/**
 * Reads the active branch of a transcript (OpenClaw 2026.5.28: the parents of the last record). A transcript of version 1, whose
 * records have no ids, is one branch. What can't be read is counted in `warnings`.
 */
export function readSessionBranch(file: ReadableFile, warnings: RowWarnings): SessionBranch {
  let header: JsonObject | null = null;
  let previous: string | null = null;
  let legacy = 0;
  let row = 0;
  const byId = new Map<string, JsonObject>();
  for (const { bytes, blank } of scanLines(file)) {
    row += 1;
    if (blank) continue;
    const parsed = bytes === undefined ? undefined : parseRecord(bytes);
    if (parsed?.ok !== true) {
      warnings.add("invalid-session-json", row);
      continue;
    }
    const { record } = parsed;
    if (record["type"] === "session") {
      header ??= record;
      continue;
    }
    const isLegacy = (header?.["version"] ?? 1) === 1;
    const id = readEntryText(record, "id") ?? (isLegacy ? `legacy-${legacy++}` : undefined);
    if (id === undefined || !hasTime(record)) {
      warnings.add("invalid-session-row", row);
      continue;
    }
    byId.set(id, isLegacy ? { ...record, id, parentId: previous } : record);
    previous = id;
  }
  return { header, leafId: previous, entries: branchOf(byId, previous, warnings) };
}

function hasTime(record: JsonObject): boolean {
  const inner = record["message"];
  const times = [record["timestamp"], isJsonObject(inner) ? inner["timestamp"] : undefined];
  return times.some((time) => typeof time === "string" || typeof time === "number");
}

function branchOf(
  byId: ReadonlyMap<string, JsonObject>,
  leafId: string | null,
  warnings: RowWarnings,
): readonly JsonObject[] {
  const branch: JsonObject[] = [];
  const seen = new Set<string>();
  for (let id = leafId; id !== null;) {
    const entry = byId.get(id);
    if (entry === undefined) {
      warnings.add("incomplete-session-branch", 0);
      break;
    }
    if (seen.size === seen.add(id).size) {
      warnings.add("cyclic-session-branch", 0);
      break;
    }
    branch.push(entry);
    id = readEntryText(entry, "parentId") ?? null;
  }
  return branch.toReversed();
}
