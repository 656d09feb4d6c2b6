import { type JsonObject, StoreError } from "@sessionsmith/core";
import { type AppendOptions, jsonCopyOfObject, type MakeLine } from "@sessionsmith/core/store";
import type { Connection } from "./connection.ts";
import type { SqliteDatabase } from "./load-sqlite.ts";
import { addLines, hasTranscript, lastRecord, makeTranscript } from "./transcript-rows.ts";

/** A line that waits to be written. */
export interface LineToAppend {
  readonly sessionId: string;
  readonly line: JsonObject | MakeLine;
  readonly options: AppendOptions;
}

/** Writes lines in the transaction that is open, each made of the one before. @returns what went wrong with each, if anything did */
export function writeLines(
  db: SqliteDatabase,
  { path, host }: Pick<Connection, "host" | "path">,
  lines: readonly LineToAppend[],
): readonly ({ readonly error: unknown } | undefined)[] {
  return lines.map(({ sessionId, line, options }) => {
    try {
      requireRow(db, path, { sessionId, needsRow: options.needsRow === true });
      const record = typeof line === "function" ? line(lastRecord(db, sessionId)) : line;
      const text = textOfLine(record);
      if (!hasTranscript(db, sessionId)) {
        const timestamp = new Date(host.clock.now()).toISOString();
        const header = {
          type: "session",
          version: 3,
          id: sessionId,
          timestamp,
          cwd: options.cwd ?? host.cwd,
        };
        makeTranscript(db, sessionId, JSON.stringify(header));
      }
      addLines(db, sessionId, [text]);
      return undefined;
    } catch (error) {
      return { error };
    }
  });
}

const lineLimitBytes = 64 * 2 ** 20;

function textOfLine(record: JsonObject): string {
  const text = JSON.stringify(jsonCopyOfObject(record, "line"));
  if (Buffer.byteLength(text) <= lineLimitBytes) return text;
  throw new StoreError("E_REFUSED", "A line of a transcript may have at most 64 MiB. Nothing was changed.", {
    hint: "Store large content elsewhere and put its path into the line.",
  });
}

function requireRow(
  db: SqliteDatabase,
  path: string,
  { sessionId, needsRow }: { readonly sessionId: string; readonly needsRow: boolean },
): void {
  if (!needsRow) return;
  if (db.prepare("SELECT 1 FROM sessions WHERE session_id = ?").get(sessionId) !== undefined) return;
  throw new StoreError("E_NOT_FOUND", `No session of ${path} has the id ${sessionId}. Nothing was changed.`, {
    hint: "A session that was reset has a new id.",
    details: { path, sessionId },
  });
}
