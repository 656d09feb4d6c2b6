import {
  type Finding,
  finding,
  fromOpenClawPython,
  type IndexDocument,
  isJsonObject,
  isOpenClawPythonRow,
  type JsonObject,
  parseRow,
  readEntryText,
  type ReadFs,
  readIndex,
} from "@sessionsmith/core";
import type { LegacyDialect } from "../legacy-dialect.ts";

/** A row of a legacy index. */
export interface LegacyRow {
  /** Empty if the index has no key for the session that means anything. */
  readonly key: string;
  readonly sessionId: string | undefined;
  /** Spelled as OpenClaw spells it. */
  readonly entry: JsonObject;
}

/** A legacy index, read. */
export interface LegacyIndex {
  /** Undefined for an index that OpenClaw could read as it is. */
  readonly dialect: LegacyDialect | undefined;
  readonly rows: readonly LegacyRow[];
  readonly findings: readonly Finding[];
}

/** The rows of each session, in file order. A row without a session id stands under its key. */
export function rowsBySession({
  rows,
}: Pick<LegacyIndex, "rows">): ReadonlyMap<string, readonly LegacyRow[]> {
  const bySession = new Map<string, LegacyRow[]>();
  for (const row of rows) {
    const id = row.sessionId ?? row.key;
    const known = bySession.get(id);
    if (known === undefined) bySession.set(id, [row]);
    else known.push(row);
  }
  return bySession;
}

/** Reads an index; undefined if there is none. One that can't be read has no rows and a finding. */
export function readLegacyIndex(fs: ReadFs, path: string): LegacyIndex | undefined {
  const read = readIndex(fs, path);
  if (read.state === "absent") return undefined;
  if (read.state === "unreadable") {
    const { problem, offset, line } = read.failure;
    const place = {
      path,
      ...(offset === undefined ? {} : { offset }),
      ...(line === undefined ? {} : { line }),
    };
    return { dialect: undefined, rows: [], findings: [finding("legacy-unreadable", place, { problem })] };
  }
  return sessionsMember(read.document, path) ?? keyedRows(read.document, path);
}

/** `{"sessions": {"<id>": {session_id, session_key, ...}}}` */
function sessionsMember(document: IndexDocument, path: string): LegacyIndex | undefined {
  const [only] = document.rows;
  if (document.rows.length !== 1 || only?.key !== "sessions" || !only.understood) return undefined;
  const member = parseRow(document, only) ?? {};
  if (readEntryText(member, "sessionId") !== undefined || readEntryText(member, "session_id") !== undefined)
    return undefined;
  const rows: LegacyRow[] = [];
  const findings: Finding[] = [];
  for (const [id, raw] of Object.entries(member)) {
    if (!isJsonObject(raw)) {
      findings.push(finding("legacy-message-unread", { path, key: id }, { problem: "the row is no object" }));
      continue;
    }
    const { session_id: sessionId, session_key: key, ...fields } = raw;
    const entry = fromOpenClawPython(fields).entry;
    const ownId = typeof sessionId === "string" ? sessionId : id;
    rows.push({ key: typeof key === "string" ? key : "", sessionId: ownId, entry });
  }
  return { dialect: "L2", rows, findings };
}

/** The key that openclaw-python's own tool makes up of the first 8 characters of an id: it says nothing of the session. */
function isCutId(key: string, sessionId: string | undefined): boolean {
  const [prefix] = /^agent:[^:]+:/.exec(key) ?? [];
  return prefix !== undefined && sessionId !== undefined && key === prefix + sessionId.slice(0, 8);
}

function keyedRows(document: IndexDocument, path: string): LegacyIndex {
  const findings: Finding[] = [];
  const rows: LegacyRow[] = [];
  let snakeCase = false;
  for (const row of document.rows) {
    if (row.shadowed) continue;
    const raw = parseRow(document, row);
    if (raw === undefined) {
      const problem = "the row is no object, or not one that can be carried over exactly";
      findings.push(finding("legacy-message-unread", { path, key: row.key }, { problem }));
      continue;
    }
    const isTheirs = isOpenClawPythonRow(raw);
    snakeCase ||= isTheirs;
    const converted = isTheirs
      ? fromOpenClawPython(raw, { path, key: row.key })
      : { entry: raw, findings: [] };
    findings.push(...converted.findings);
    const sessionId = readEntryText(converted.entry, "sessionId");
    const key = isTheirs && isCutId(row.key, sessionId) ? "" : row.key;
    rows.push({ key, sessionId, entry: converted.entry });
  }
  return { dialect: snakeCase ? "L5" : undefined, rows, findings };
}
