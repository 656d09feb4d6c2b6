import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  fileIdentity,
  type Host,
  isJsonObject,
  type JsonValue,
  parseRow,
  readWholeFile,
  scanIndex,
  type SpliceEdit,
  type Step,
} from "@sessionsmith/core";
import { type PathRebase, rebasePath } from "./rebase-path.ts";

/** Fields of a header, and of a pointer to a trajectory, that hold paths. */
const pathFields: ReadonlySet<string> = new Set(["cwd", "parentSession", "runtimeFile"]);

/** Bytes of the largest file that is rewritten for a path in its first line. */
const fileLimitBytes = 2 ** 31 - 1;
const headerLimitBytes = 64 * 1024;

/** A file in whose first line paths change. */
export interface RebasedFile {
  readonly name: string;
  readonly step: Step;
  readonly from: string;
  readonly to: string;
}

/**
 * Rewrites the paths in the first line of a transcript, or in the pointer to a trajectory: only their own bytes change. Undefined if there
 * is none below the old directory, or the line is no JSON object.
 */
export function rebaseHeader(
  { fs }: Pick<Host, "fs">,
  file: { readonly realDir: string; readonly name: string },
  rebase: PathRebase,
): RebasedFile | undefined {
  const path = join(file.realDir, file.name);
  const head = fs.withFile(path, (open) => {
    const bytes = Buffer.alloc(Math.min(headerLimitBytes, open.fact.size));
    return bytes.subarray(0, open.read(bytes, 0));
  });
  if (head === undefined || !head.includes(JSON.stringify(rebase.from).slice(1, -1))) return undefined;
  const lineEnd = head.indexOf(0x0a);
  const line = lineEnd < 0 ? head : head.subarray(0, lineEnd);
  const changes = pathEdits(line, rebase);
  const [first] = changes;
  if (first === undefined) return undefined;
  const whole = readWholeFile(fs, path, fileLimitBytes);
  if (whole.state !== "read" || !whole.bytes.subarray(0, line.length).equals(line)) return undefined;
  const sha256 = createHash("sha256").update(whole.bytes).digest("hex");
  const { size, mode, mtimeNs } = whole.fact;
  const step: Step = {
    kind: "write-file",
    phase: "switch",
    name: file.name,
    content: { source: "splice", path, size, sha256, edits: changes.map(({ edit }) => edit) },
    mode,
    mtimeNs: String(mtimeNs),
    replaces: fileIdentity(whole.fact),
    reason: "path-rebased",
  };
  return { name: file.name, step, from: first.from, to: first.to };
}

interface PathEdit {
  readonly edit: SpliceEdit;
  readonly from: string;
  readonly to: string;
}

/** The line is put into an object of its own, as if it were a row: so its fields are found as bytes. */
function pathEdits(line: Buffer, rebase: PathRebase): readonly PathEdit[] {
  const lead = '{"line":';
  const scan = scanIndex(Buffer.concat([Buffer.from(lead), line, Buffer.from("}")]));
  const row = scan.readable ? scan.document.rows[0] : undefined;
  if (!scan.readable || row === undefined || scan.document.rows.length > 1) return [];
  const record: JsonValue | undefined = parseRow(scan.document, row);
  if (!isJsonObject(record)) return [];
  return scanFields(scan.document.bytes, row.valueRange.start, record).flatMap(({ name, start, end }) => {
    const from = record[name];
    const to = typeof from === "string" ? rebasePath(from, rebase) : undefined;
    if (typeof from !== "string" || to === undefined) return [];
    return [{ edit: { at: start - lead.length, remove: end - start, insert: JSON.stringify(to) }, from, to }];
  });
}

/** Where the strings of the path fields stand. */
function scanFields(
  bytes: Buffer,
  start: number,
  record: { readonly [name: string]: JsonValue | undefined },
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  return [...pathFields].flatMap((name) => {
    const value = record[name];
    if (typeof value !== "string") return [];
    // A field that is spelled in another way than programs spell it is left alone.
    const spelled = `"${name}":`;
    const at = bytes.indexOf(spelled, start);
    if (at < 0 || bytes.indexOf(spelled, at + 1) >= 0) return [];
    const text = JSON.stringify(value);
    const from = bytes.indexOf('"', at + spelled.length);
    return bytes.toString("utf8", from, from + Buffer.byteLength(text)) === text
      ? [{ name, start: from, end: from + Buffer.byteLength(text) }]
      : [];
  });
}
