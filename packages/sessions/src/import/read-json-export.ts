import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";
import { importedSession } from "./export-record-of.ts";
import type { ImportedSession, ImportTrouble, ReadExport } from "./imported-session.ts";
import { storedLineBytes } from "./stored-line-text.ts";

/** Reads an export as one JSON document, which is held in memory as a whole. */
export function readJsonExport(document: JsonObject): ReadExport {
  const sessions: ImportedSession[] = [];
  const troubles: ImportTrouble[] = [];
  const given = document["sessions"];
  if (!Array.isArray(given))
    return { sessions, troubles: [{ line: 1, problem: "there is no list of sessions" }] };
  for (const [n, value] of given.entries()) {
    const made = sessionOf(value);
    if (typeof made === "string") troubles.push({ line: n + 1, problem: made });
    else sessions.push(made);
  }
  return { sessions, troubles };
}

function sessionOf(value: JsonValue): ImportedSession | string {
  if (!isJsonObject(value)) return "the session is no object";
  const transcript = value["transcript"];
  if (!isJsonObject(transcript)) return importedSession(value, nothing);
  const stored = transcript["lines"];
  if (!Array.isArray(stored) || transcript["complete"] === false)
    return "a line of the transcript was left out of the export";
  const lines = stored.flatMap((line: JsonValue) => storedLineBytes(line) ?? []);
  if (lines.length < stored.length) return "a line of the transcript was left out of the export";
  const hash = createHash("sha256");
  let size = 0;
  for (const line of lines) {
    hash.update(line).update("\n");
    size += line.length + 1;
  }
  const unterminated = transcript["unterminated"] === true;
  return importedSession(value, { size, sha256: hash.digest("hex"), unterminated, lines: () => lines });
}

const nothing = { size: 0, sha256: "", unterminated: false, lines: (): readonly Buffer[] => [] };
