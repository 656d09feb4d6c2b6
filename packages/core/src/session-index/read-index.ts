import { constants } from "node:buffer";
import { readWholeFile, type WholeFile } from "../disk/read-bytes.ts";
import { isUntouched } from "../disk/is-untouched.ts";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import type { IndexDocument, IndexFailure } from "./index-document.ts";
import type { IndexFingerprint } from "./index-fingerprint.ts";
import { scanIndex } from "./scan-index.ts";
import { type UnreadableIndex, unreadableIndex } from "./unreadable-index.ts";

/** How often a file that changes meanwhile is read before giving up. */
const maxReads = 3;

/** What came of reading an index. Only `absent` means that there is none. */
export type IndexRead =
  | { readonly state: "absent" }
  | {
      readonly state: "unreadable";
      readonly path: string;
      readonly failure: IndexFailure;
      /** What the file holds, if it is its content that can't be read. */
      readonly content?: UnreadableIndex;
      /** The file as it was when its bytes were read; given with the content. */
      readonly fingerprint?: IndexFingerprint;
    }
  | {
      readonly state: "readable";
      readonly path: string;
      readonly document: IndexDocument;
      /** The file as it was when its bytes were read. */
      readonly fingerprint: IndexFingerprint;
    };

/**
 * Reads and scans an index. The path must not be a symbolic link itself; its directories may.
 * A file that changed while it was read is read again, so that the bytes and the fingerprint are of one moment.
 * Never throws for what the disk or the file does: that is a failure with its reason.
 */
export function readIndex(fs: ReadFs, path: string): IndexRead {
  for (let reads = 0; reads < maxReads; reads += 1) {
    const attempt = attemptRead(fs, path);
    if (attempt !== "changed") return attempt;
  }
  return unreadable(path, { reason: "io", problem: `the file changed during each of ${maxReads} reads` });
}

function attemptRead(fs: ReadFs, path: string): IndexRead | "changed" {
  let whole: WholeFile;
  let after: FileFact | undefined;
  try {
    whole = readWholeFile(fs, path, constants.MAX_LENGTH);
    after = fs.lstat(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return unreadable(path, failureOfErrno(errno));
  }
  if (whole.state === "absent") return { state: "absent" };
  if (whole.state === "not-a-file") {
    return unreadable(path, {
      reason: "not-a-regular-file",
      problem: `the path is a ${whole.kind}, no file`,
    });
  }
  if (whole.state === "too-large") {
    return unreadable(path, {
      reason: "io",
      problem: `the file has ${whole.size} bytes, more than memory can hold`,
    });
  }
  const { bytes, fact } = whole;
  if (bytes.length !== fact.size || after === undefined || !isUntouched(fact, after)) return "changed";
  const scan = scanIndex(bytes, path);
  if (!scan.readable) {
    const content = unreadableIndex(bytes);
    return { ...unreadable(path, scan.failure), content, fingerprint: fingerprintOf(fact, content) };
  }
  return {
    state: "readable",
    path,
    document: scan.document,
    fingerprint: fingerprintOf(fact, scan.document),
  };
}

function unreadable(
  path: string,
  failure: IndexFailure,
): Extract<IndexRead, { readonly state: "unreadable" }> {
  return { state: "unreadable", path, failure };
}

function failureOfErrno(errno: string): IndexFailure {
  // What an open without following links says of a link, and an open of a socket.
  if (errno === "ELOOP") {
    return {
      reason: "not-a-regular-file",
      problem: "the path is a symbolic link, which is not followed",
      errno,
    };
  }
  if (errno === "ENXIO")
    return { reason: "not-a-regular-file", problem: "the path is a socket or a device", errno };
  return { reason: "io", problem: "the file can't be read", errno };
}

function fingerprintOf(
  { dev, ino, size, mtimeNs, ctimeNs }: FileFact,
  content: Pick<IndexDocument, "sha256">,
): IndexFingerprint {
  return {
    dev,
    ino,
    size,
    mtimeNs,
    ctimeNs,
    // As late as the document's own.
    get sha256() {
      return content.sha256;
    },
  };
}
