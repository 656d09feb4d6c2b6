import {
  errnoOf,
  type JsonObject,
  parseRecord,
  readRange,
  type ReadableFile,
  type ReadFs,
  scanLines,
  StoreError,
} from "@sessionsmith/core";
import { exportFormat, exportVersion } from "../export/export-record.ts";
import type { ReadExport } from "./imported-session.ts";
import { notImportable } from "./not-importable.ts";
import { readJsonExport } from "./read-json-export.ts";
import { readJsonlExport } from "./read-jsonl-export.ts";
import { reopenedFile } from "./reopened-file.ts";

/** Bytes of a JSON document that is held as a whole; JSON lines may be of any size. */
const documentLimitBytes = 256 * 2 ** 20;

const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** Bytes in which the head of a JSON document stands. */
const headBytes = 4096;

/**
 * Reads an export of ours, whatever its form.
 * @param path absolute
 * @returns undefined if the file is something else
 * @throws StoreError E_NOT_FOUND; E_USAGE for what is no regular file; E_IO if it can't be read; E_REFUSED for an export without its secrets, and for one that is too large for its form; E_CONFIG
 * for one of a newer version, or that can't be parsed
 */
export function openExport(fs: ReadFs, path: string): ReadExport | undefined {
  const file = openFile(fs, path);
  const first = firstRecord(file);
  if (first?.["format"] === exportFormat && !Array.isArray(first["sessions"])) {
    requireResumable(first, path);
    return readJsonlExport(file);
  }
  const head = readRange(file, 0, Math.min(headBytes, file.fact.size)).toString("latin1");
  if (!head.includes(`"${exportFormat}"`)) return undefined;
  const document = readDocument(file, path);
  requireResumable(document, path);
  return readJsonExport(document);
}

function openFile(fs: ReadFs, path: string): ReadableFile {
  try {
    const file = reopenedFile(fs, path);
    if (file === undefined)
      throw new StoreError("E_NOT_FOUND", `There is no ${path}.`, { details: { path } });
    if (file.fact.kind !== "file") throw notImportable(path);
    return file;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new StoreError("E_IO", `${path} can't be read (${errno}). Nothing was changed.`, {
      details: { path, errno },
      cause: error,
    });
  }
}

/** Where the text begins: behind a byte order mark, which editors and shells of Windows put in front. */
function textStart(file: ReadableFile): number {
  return readRange(file, 0, Math.min(byteOrderMark.length, file.fact.size)).equals(byteOrderMark)
    ? byteOrderMark.length
    : 0;
}

function firstRecord(file: ReadableFile): JsonObject | undefined {
  const range = { from: textStart(file), to: Math.min(file.fact.size, 64 * 1024) };
  for (const { bytes, blank } of scanLines(file, range)) {
    if (blank || bytes === undefined) continue;
    const parsed = parseRecord(bytes);
    return parsed.ok ? parsed.record : undefined;
  }
  return undefined;
}

function readDocument(file: ReadableFile, path: string): JsonObject {
  if (file.fact.size > documentLimitBytes)
    throw new StoreError("E_REFUSED", `${path} is too large for one JSON document. Nothing was changed.`, {
      hint: "Export as JSON lines (--format jsonl), which may be of any size.",
      details: { path, limitBytes: documentLimitBytes },
    });
  const bytes = readRange(file, textStart(file), file.fact.size);
  const parsed = parseRecord(bytes);
  if (parsed.ok && parsed.record["format"] === exportFormat) return parsed.record;
  throw new StoreError(
    "E_CONFIG",
    `${path} is an export that can't be read: it is no valid JSON. Nothing was changed.`,
    {
      hint: "It was cut off or damaged; an export as JSON lines can be read as far as it is whole.",
      details: { path },
    },
  );
}

function requireResumable(head: JsonObject, path: string): void {
  if (head["redacted"] === true || head["resumable"] === false)
    throw new StoreError("E_REFUSED", `${path} was exported without its secrets, so it can't be resumed.`, {
      hint: "Export the sessions again without --redact.",
      details: { path },
    });
  if (head["version"] === exportVersion) return;
  throw new StoreError(
    "E_CONFIG",
    `${path} is an export of a version that is not known. Nothing was changed.`,
    {
      hint: "Use the version of sessionsmith that wrote it, or a newer one.",
      details: { path },
    },
  );
}
