import { basename } from "node:path";
import { type JsonObject, parseRecord, scanIndex } from "@sessionsmith/core";
import type { DamagedCase } from "@sessionsmith/testkit";

/** The files of a state directory, by relative path. */
export type StateFiles = DamagedCase["after"];

/** Transcripts that begin with a header: what is left of a repair, and belongs to no other program. */
export function sessionFiles(files: StateFiles): readonly string[] {
  return Object.entries(files).flatMap(([path, bytes]) => {
    const isTranscript = path.endsWith(".jsonl") && !basename(path).includes(".trajectory.");
    return isTranscript && recordsOf(bytes)[0]?.["type"] === "session" ? [path] : [];
  });
}

/** The records of a transcript, the header among them. */
export function recordsOf(bytes: Buffer): readonly JsonObject[] {
  const lines = bytes.toString("utf8").split("\n");
  return lines.flatMap((line) => {
    const parsed = parseRecord(Buffer.from(line, "utf8"));
    return parsed.ok ? [parsed.record] : [];
  });
}

/** The keys of all indexes, as `<agent> <key>`, sorted. */
export function sessionsIn(files: StateFiles): readonly string[] {
  const indexes = Object.entries(files).filter(([path]) => basename(path) === "sessions.json");
  return indexes
    .flatMap(([path, bytes]) => {
      const scan = scanIndex(bytes);
      if (!scan.readable) throw new Error(`${path} can't be read`);
      return [...new Set(scan.document.rows.map(({ key }) => key))].map(
        (key) => `${path.split("/")[1]} ${key}`,
      );
    })
    .toSorted();
}
