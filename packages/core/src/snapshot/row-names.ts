import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { decodeString } from "../session-index/decode-string.ts";
import type { ByteRange, IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { parseRow } from "../session-index/parse-row.ts";
import { closingQuote } from "../transcripts/json-depth.ts";

/** A string in the index that is longer, in bytes, names no session and no file. */
const longestNameBytes = 4096;

/** What a row names beside its own `sessionId` and `sessionFile`. */
export interface RowNames {
  readonly sessionIds: ReadonlySet<string>;
  /** Paths of transcripts, absolute or relative to the sessions directory. */
  readonly paths: ReadonlySet<string>;
}

const nothing: RowNames = { sessionIds: new Set(), paths: new Set() };

/**
 * Collects the sessions and files that a row names further: compaction checkpoints (before and after) and the usage family
 * (OpenClaw 2026.5.28 store format). A row that is not understood is never parsed: every string in it counts as a session id,
 * and what follows its last separator as a name.
 */
export function readRowNames(document: IndexDocument, row: IndexRow): RowNames {
  if (row.understood && !row.mayNameMore) return nothing;
  const entry = parseRow(document, row);
  return entry === undefined ? everyString(document.bytes, row.valueRange) : namedFields(entry);
}

function namedFields(entry: JsonObject): RowNames {
  const sessionIds = new Set<string>();
  const paths = new Set<string>();
  for (const id of listOf(entry["usageFamilySessionIds"])) addText(sessionIds, id);
  for (const checkpoint of listOf(entry["compactionCheckpoints"])) {
    if (!isJsonObject(checkpoint)) continue;
    for (const place of [checkpoint, checkpoint["preCompaction"], checkpoint["postCompaction"]]) {
      if (!isJsonObject(place)) continue;
      addText(sessionIds, place["sessionId"]);
      addText(paths, place["sessionFile"]);
    }
  }
  return { sessionIds, paths };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function addText(texts: Set<string>, value: JsonValue | undefined): void {
  if (typeof value === "string") texts.add(value);
}

/** Every string in a part of the index that is not longer than 4096 bytes, keys included; for rows that are never parsed. */
export function stringsIn(bytes: Buffer, range: ByteRange): ReadonlySet<string> {
  const texts = new Set<string>();
  for (let start = bytes.indexOf(jsonByte.quote, range.start); start !== -1 && start < range.end;) {
    const end = closingQuote(bytes, start) + 1;
    if (end - start <= longestNameBytes) texts.add(decodeString(bytes, { start, end }, true));
    start = bytes.indexOf(jsonByte.quote, end);
  }
  return texts;
}

function everyString(bytes: Buffer, range: ByteRange): RowNames {
  const texts = stringsIn(bytes, range);
  const names = [...texts].map((text) =>
    text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1),
  );
  return { sessionIds: texts, paths: new Set(names) };
}
