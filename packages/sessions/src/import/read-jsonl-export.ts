import { createHash, type Hash } from "node:crypto";
import { isJsonObject, type JsonObject, parseRecord, type ReadableFile, scanLines } from "@sessionsmith/core";
import { importedSession } from "./export-record-of.ts";
import type { ImportedSession, ImportTrouble, ReadExport } from "./imported-session.ts";
import { storedLineBytes } from "./stored-line-text.ts";

/** A session whose end is not found yet. */
interface Open {
  readonly record: JsonObject;
  readonly line: number;
  /** Byte offset of its first line. */
  readonly at: number;
  readonly hash: Hash;
  size: number;
  lines: number;
  /** Why it is not brought in. */
  problem: string | undefined;
}

/**
 * Reads an export as JSON lines, one line at a time; lines of transcripts are only counted and hashed, and read again when they are
 * written. A session that is cut off, damaged or incomplete is not brought in, and named.
 */
export function readJsonlExport(file: ReadableFile): ReadExport {
  const sessions: ImportedSession[] = [];
  const troubles: ImportTrouble[] = [];
  let open: Open | undefined;
  let isDone = false;
  let number = 0;
  for (const { bytes, blank, endOffset } of scanLines(file)) {
    number += 1;
    if (blank || number === 1) continue;
    const parsed = bytes === undefined ? undefined : parseRecord(bytes);
    const value = parsed?.ok === true ? parsed.record : undefined;
    const session = value?.["session"];
    if (value === undefined) fail("the line can't be understood");
    else if (isJsonObject(session)) begin(session, endOffset);
    else if (Object.hasOwn(value, "line")) add(value["line"]);
    else if (Object.hasOwn(value, "end")) end(value["end"] ?? null);
    else if (Object.hasOwn(value, "done")) isDone = true;
    else fail("the line is no part of an export");
  }
  if (open !== undefined) cutOff(open);
  if (!isDone) troubles.push({ line: number, problem: "the export ends before its last line" });
  return { sessions, troubles };

  function begin(record: JsonObject, at: number): void {
    if (open !== undefined) cutOff(open);
    open = { record, line: number, at, hash: createHash("sha256"), size: 0, lines: 0, problem: undefined };
  }

  function add(line: unknown): void {
    const bytes = storedLineBytes(line);
    if (open === undefined) return fail("the line belongs to no session");
    if (bytes === undefined) open.problem ??= "a line of the transcript was left out of the export";
    else {
      open.hash.update(bytes).update("\n");
      open.size += bytes.length + 1;
      open.lines += 1;
    }
  }

  function end(value: unknown): void {
    if (open === undefined) return fail("the line belongs to no session");
    const { record, line, at, lines } = open;
    const counted = isJsonObject(value) ? value["lines"] : 0;
    if (counted !== lines) open.problem ??= "lines of the transcript are missing";
    const made =
      open.problem ??
      importedSession(record, {
        size: open.size,
        sha256: open.hash.digest("hex"),
        unterminated: isJsonObject(value) && value["unterminated"] === true,
        lines: () => linesFrom(file, at),
      });
    if (typeof made === "string") troubles.push({ line, problem: made });
    else sessions.push(made);
    open = undefined;
  }

  function cutOff({ line }: Open): void {
    troubles.push({ line, problem: "the session has no end" });
    open = undefined;
  }

  /** A damaged line within a session spoils it. */
  function fail(problem: string): void {
    if (open !== undefined) open.problem ??= problem;
    else troubles.push({ line: number, problem });
  }
}

function* linesFrom(file: ReadableFile, from: number): Generator<Buffer, void> {
  for (const { bytes, blank } of scanLines(file, { from })) {
    if (blank || bytes === undefined) continue;
    const parsed = parseRecord(bytes);
    if (!parsed.ok || !Object.hasOwn(parsed.record, "line")) return;
    const line = storedLineBytes(parsed.record["line"]);
    if (line !== undefined) yield line;
  }
}
