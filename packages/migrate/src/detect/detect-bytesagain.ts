import { join } from "node:path";
import {
  type Finding,
  finding,
  type JsonObject,
  parseRecord,
  type ReadFs,
  readEntryText,
  scanLines,
} from "@sessionsmith/core";
import type { LegacySource } from "../legacy-source.ts";
import { type Detected, inOrder, nothingDetected } from "./detected.ts";
import { readFirstRecord } from "./first-record.ts";
import { leaseRow } from "./lease-row.ts";

/** Looks for `data.jsonl` of bytesagain's `session` scripts in a directory. */
export function detectBytesagain(fs: ReadFs, dir: string): Detected {
  return detectRecords(fs, join(dir, "data.jsonl"));
}

/** Looks into a file of any other name: a transcript begins with a record of the type session too. */
export function detectBytesagainFile(fs: ReadFs, path: string): Detected {
  const first = fs.lstat(path)?.kind === "file" ? readFirstRecord(fs, path) : undefined;
  const isOurs = first !== undefined && ("ttl" in first || "expires_at" in first || "cmd" in first);
  return isOurs ? detectRecords(fs, path) : nothingDetected;
}

function detectRecords(fs: ReadFs, path: string): Detected {
  if (fs.lstat(path)?.kind !== "file") return nothingDetected;
  const first = readFirstRecord(fs, path);
  if (first !== undefined && "type" in first) return sessionRecords(fs, path);
  if (first !== undefined && !("cmd" in first && "ts" in first)) return nothingDetected;
  const why = "Its lines have the fields ts, cmd and val.";
  const source: LegacySource = {
    dialect: "bytesagain-b",
    id: "session-log",
    agentId: undefined,
    keys: [],
    row: undefined,
    body: { path, form: "log" },
    path,
  };
  return {
    files: [{ path, dialect: "bytesagain-b", role: "session", why }],
    sources: [source],
    findings: [],
  };
}

/** Each record `session` is one; of an id that stands twice, the last one counts, as in the script. */
function sessionRecords(fs: ReadFs, path: string): Detected {
  const records = new Map<string, JsonObject>();
  const findings: Finding[] = [];
  fs.withFile(path, (file) => {
    let line = 0;
    for (const { offset, bytes, blank } of scanLines(file)) {
      line += 1;
      if (blank) continue;
      const parsed = bytes === undefined ? undefined : parseRecord(bytes);
      const record = parsed?.ok === true ? parsed.record : {};
      const id = readEntryText(record, "id");
      if (record["type"] === "session" && id !== undefined) records.set(id, record);
      else
        findings.push(
          finding("legacy-message-unread", { path, offset, line }, { problem: "the line is no session" }),
        );
    }
  });
  const sources = [...records].map(([id, record]): LegacySource => {
    return {
      dialect: "bytesagain-a",
      id,
      agentId: undefined,
      keys: [],
      row: leaseRow(record),
      body: undefined,
      path,
    };
  });
  const why = "Its lines are records of the type session.";
  return inOrder({ files: [{ path, dialect: "bytesagain-a", role: "index", why }], sources, findings });
}
