import {
  finding,
  isStoreError,
  type JsonObject,
  type ReadableFile,
  type ReadFs,
  readEntryText,
  readHead,
} from "@sessionsmith/core";
import { join } from "node:path";
import {
  cloddsDatabase,
  databaseLimitBytes,
  readRows,
  sqliteMagic,
  sqliteProblem,
} from "../clodds/clodds-database.ts";
import type { SqliteDatabase } from "../clodds/open-sqlite.ts";
import { sessionIdSql } from "../clodds/read-clodds-session.ts";
import { groupBy } from "../group-by.ts";
import type { LegacySource } from "../legacy-source.ts";
import { type Detected, type DetectedHere, inOrder, nothingDetected } from "./detected.ts";

/** Files in which SQLite keeps what is not in the database yet. */
const sidecars = ["-wal", "-journal"] as const;

/** Looks for `clodds.db` in a directory, and lists its sessions. */
export function detectClodds(fs: ReadFs, dir: string): Detected {
  const path = join(dir, "clodds.db");
  if (fs.lstat(path)?.kind !== "file") return nothingDetected;
  const sidecar = sidecars.map((suffix) => path + suffix).find((name) => (fs.lstat(name)?.size ?? 0) > 0);
  const found = fs.withFile(path, (file) => {
    if (readHead(file, sqliteMagic.length).toString("latin1") !== sqliteMagic) return undefined;
    return sidecar === undefined ? listSessions(file, path) : unread(path, "a program is writing to it");
  });
  if (found === undefined) return nothingDetected;
  const why = "It is a SQLite database with the name that Clodds gives its own.";
  return inOrder({ ...found, files: [{ path, dialect: "clodds", role: "database", why }] });
}

type Listed = Omit<DetectedHere, "files">;

function listSessions(file: ReadableFile, path: string): Listed {
  if (file.fact.size > databaseLimitBytes) return unread(path, "the database is larger than 512 MiB");
  try {
    return { sources: sourcesOf(cloddsDatabase(file), path), findings: [] };
  } catch (error) {
    if (isStoreError(error) && error.code === "E_SQLITE_UNAVAILABLE")
      return { sources: [], findings: [finding("legacy-database", { path })] };
    const problem = sqliteProblem(error);
    if (problem === undefined) throw error;
    return unread(path, problem);
  }
}

function unread(path: string, problem: string): Listed {
  return { sources: [], findings: [finding("legacy-unreadable", { path }, { problem })] };
}

const rowsSql = `
  SELECT ${sessionIdSql} AS session_id, key, channel, title, created_at, updated_at
  FROM sessions ORDER BY updated_at DESC, key`;

/** Nothing deletes the messages with their session, so some may be left without one. */
const orphansSql = `
  SELECT DISTINCT session_id FROM messages
  WHERE session_id NOT IN (SELECT ${sessionIdSql} FROM sessions)`;

function sourcesOf(database: SqliteDatabase, path: string): readonly LegacySource[] {
  const rows = groupBy([...readRows(database, rowsSql)], idOf);
  const orphans = [...readRows(database, orphansSql)].map(idOf);
  return [
    ...[...rows].map(([id, own]) => sourceOf(path, id, own)),
    ...orphans.map((id) => sourceOf(path, id, [])),
  ];
}

function idOf(row: JsonObject): string {
  return readEntryText(row, "session_id") ?? "";
}

function sourceOf(path: string, id: string, rows: readonly JsonObject[]): LegacySource {
  const keys = rows.flatMap((row) => readEntryText(row, "key") ?? []);
  const body = { path, form: "clodds", session: id } as const;
  return { dialect: "clodds", id, agentId: undefined, keys, row: rows[0] && rowOf(rows[0]), body, path };
}

/** What OpenClaw has a field for; all of the row is kept in the transcript. */
function rowOf({ channel, title, created_at, updated_at }: JsonObject): JsonObject {
  const label = typeof title === "string" ? title.trim() : "";
  return {
    ...(typeof updated_at === "number" ? { updatedAt: updated_at } : {}),
    ...(typeof created_at === "number" ? { sessionStartedAt: created_at } : {}),
    ...(typeof channel === "string" && channel !== "" ? { channel } : {}),
    ...(label === "" || label.length > labelLimit ? {} : { label }),
  };
}

/** Characters that a label may have (OpenClaw 2026.5.28). */
const labelLimit = 512;
