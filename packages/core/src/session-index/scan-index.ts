import { createHash } from "node:crypto";
import type { Finding } from "../findings/finding.ts";
import { createByteScan, stopScan, type ByteScan } from "./byte-scan.ts";
import { settleDuplicateKeys } from "./duplicate-keys.ts";
import type { IndexDocument, IndexFailure, IndexScan } from "./index-document.ts";
import { failureOfStop, findEncodingFailure, findOtherRoot } from "./index-failure.ts";
import { jsonByte } from "./json-bytes.ts";
import { findOtherFile } from "./other-file.ts";
import { RowCollector } from "./row-collector.ts";
import { scanValue, type MemberListener } from "./scan-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

/**
 * Scans the bytes of an index in one strict pass. They are readable exactly if JSON.parse accepts them and the root is
 * an object; other than JSON.parse, the scan also reads what is larger than a string may be.
 * Values are not parsed: memory grows with the number of rows only. `path`, if given, is the file that the findings name.
 */
export function scanIndex(bytes: Buffer, path?: string): IndexScan {
  const start = skipWhiteSpace(bytes, 0);
  const failure = findEncodingFailure(bytes, start) ?? findOtherRoot(bytes, start);
  if (failure !== undefined) return unreadable(bytes, failure);
  const scan = createByteScan(bytes);
  const collector = new RowCollector(scan);
  const end = scanRoot(scan, start, collector);
  if (scan.stop !== undefined) return unreadable(bytes, failureOfStop(bytes, scan.stop));
  const { rows } = collector;
  const doubles = settleDuplicateKeys(bytes, rows);
  let sha256: string | undefined;
  const document: IndexDocument = {
    bytes,
    // Hashed when somebody asks: it takes a third of the time of a scan, and a list has no use for it.
    get sha256() {
      sha256 ??= createHash("sha256").update(bytes).digest("hex");
      return sha256;
    },
    root: { start, end },
    rows,
    findings: [...collector.findings, ...doubles].map((found) => foundAt(found, path)),
  };
  return { readable: true, document };
}

function unreadable(bytes: Buffer, failure: IndexFailure): IndexScan {
  return { readable: false, failure: findOtherFile(bytes) ?? failure };
}

/** Scans the root object and all that follows it. Returns the position after its brace, or `stopped`. */
function scanRoot(scan: ByteScan, start: number, listener: MemberListener): number {
  const { bytes } = scan;
  if (bytes[start] !== jsonByte.openBrace) return stopScan(scan, start, 'expected "{"');
  const end = scanValue(scan, start, listener);
  if (end < 0) return end;
  const after = skipWhiteSpace(bytes, end);
  return after === bytes.length ? end : stopScan(scan, after, "more bytes follow the end of the document");
}

function foundAt(found: Finding, path: string | undefined): Finding {
  return path === undefined ? found : { ...found, place: { path, ...found.place } };
}
