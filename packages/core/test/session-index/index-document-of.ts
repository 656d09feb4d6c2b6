import type { IndexDocument } from "../../src/session-index/index-document.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";

/** The document of an index that a test knows to be readable. */
export function documentOf(text: string): IndexDocument {
  return documentOfBytes(Buffer.from(text));
}

/** The same from bytes. */
export function documentOfBytes(bytes: Buffer): IndexDocument {
  const scan = scanIndex(bytes);
  if (!scan.readable) throw new Error(`the index of the test is not readable: ${scan.failure.problem}`);
  return scan.document;
}
