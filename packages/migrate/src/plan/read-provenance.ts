import { join } from "node:path";
import {
  isJsonObject,
  type JsonObject,
  parseRecord,
  type ReadFs,
  scanLines,
  provenanceType,
} from "@sessionsmith/core";

const headBytes = 262_144;

/** What a transcript that a migration made says of its source; undefined for any other transcript. */
export function readProvenance(fs: ReadFs, dir: string, name: string): JsonObject | undefined {
  return fs.withFile(join(dir, name), (file) => {
    const to = Math.min(headBytes, file.fact.size);
    let records = 0;
    for (const { bytes, blank } of scanLines(file, { to, chunkBytes: 16_384 })) {
      if (blank || bytes === undefined) continue;
      records += 1;
      if (records < 2) continue;
      const parsed = parseRecord(bytes);
      const { customType, data } = parsed.ok ? parsed.record : {};
      return customType === provenanceType && isJsonObject(data) ? data : undefined;
    }
    return undefined;
  });
}
