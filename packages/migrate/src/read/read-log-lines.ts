import {
  type JsonObject,
  mendUtf8,
  parseRecord,
  type ReadableFile,
  readLegacyMessage,
  scanLines,
  type LegacyItem,
} from "@sessionsmith/core";

/** The script writes its values without escaping quotes and backslashes. */
const unescaped = /^\{"ts":"([^"]*)","cmd":"([^"]*)","val":"(.*)"\}$/s;

/** Reads the log `{ts, cmd, val}` of bytesagain's second `session` script: what was added is said by the user. */
export function* readLogLines(file: ReadableFile): Generator<LegacyItem, void> {
  let number = 0;
  for (const line of scanLines(file)) {
    number += 1;
    if (line.blank) continue;
    const place = { offset: line.offset, line: number };
    const record = line.bytes === undefined ? undefined : parseEntry(mendUtf8(line.bytes).bytes);
    if (record === undefined) {
      yield {
        kind: "trouble",
        trouble: { id: "legacy-message-unread", ...place, problem: "the line is no entry" },
      };
    } else if (record["cmd"] === "add" && typeof record["val"] === "string") {
      const { ts, cmd: _cmd, val, ...rest } = record;
      const message = readLegacyMessage({ ...rest, role: "user", content: val, timestamp: ts });
      yield { kind: "message", message, recordId: undefined, parentId: undefined };
    } else {
      yield { kind: "record", record };
    }
  }
}

function parseEntry(bytes: Buffer): JsonObject | undefined {
  const parsed = parseRecord(bytes);
  if (parsed.ok) return parsed.record;
  const [, ts, cmd, val] = unescaped.exec(bytes.toString("utf8")) ?? [];
  return ts === undefined || cmd === undefined || val === undefined ? undefined : { ts, cmd, val };
}
