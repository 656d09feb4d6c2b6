import { mendUtf8, parseRecord, readHead, type JsonObject, type ReadFs } from "@sessionsmith/core";

const headBytes = 65_536;

/** The first line of a file that is a JSON object; undefined if its beginning has none. */
export function readFirstRecord(fs: ReadFs, path: string): JsonObject | undefined {
  const head = fs.withFile(path, (file) => readHead(file, headBytes));
  if (head === undefined) return undefined;
  for (const line of mendUtf8(head).bytes.toString("utf8").split("\n")) {
    const parsed = parseRecord(Buffer.from(line.replace(/^\uFEFF/, ""), "utf8"));
    if (parsed.ok) return parsed.record;
  }
  return undefined;
}
