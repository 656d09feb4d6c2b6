import type { FileFact, ReadableFile, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { jsonByte } from "../session-index/json-bytes.ts";
import { skipWhiteSpace } from "../session-index/white-space.ts";
import { isStoreError } from "../store-error.ts";
import { namesNoParent, parseHeader, type HeaderParse } from "./header.ts";
import { scanLines } from "./scan-lines.ts";
import { windowBytes, withTranscript } from "./transcript-window.ts";

/** Longest header that is read; the working directory makes up most of it. */
const headerLimitBytes = 64 * 1024;

/** Where the beginning of every transcript is read to: of a header nothing is kept but what was parsed from it. */
const beginning = Buffer.allocUnsafe(windowBytes);

/**
 * Reads the header of a transcript: its first line that is not blank. Reads 4 KiB at a time.
 * A header of more than 64 KiB counts as damaged. Undefined if there is no such file; E_IO if it is no regular file.
 */
export function readHeader(fs: ReadFs, path: string): HeaderParse | undefined {
  return withTranscript(fs, path, (file) => {
    const line = shortLine(file, file.fact.size);
    return line === undefined ? anyHeader(file) : parseHeader(line);
  });
}

/**
 * {@link readHeader} for whoever asks for parents, of a file that was looked at already: it is not asked again what it is, and a
 * header without a parent is not parsed, which saves a third for each of ten thousand transcripts. Something else that took its
 * place meanwhile fails to be read, or has no header.
 * @param seen a regular file, from `lstat`
 */
export function readSeenHeader(
  fs: ReadFs,
  path: string,
  seen: FileFact,
): HeaderParse | "names-no-parent" | undefined {
  return fs.withFile(path, (file) => {
    const line = shortLine(file, seen.size);
    if (line === undefined) return anyHeader(file);
    return namesNoParent(line) ? "names-no-parent" : parseHeader(line);
  });
}

/** A header line that is longer is not kept as text. */
const headerTextBytes = 4096;

/**
 * The first line of a transcript as it stands, if it is the header of the given session; undefined if it is not, if there is no such
 * file, or if it can't be read.
 */
export function readHeaderText(fs: ReadFs, path: string, sessionId: string): string | undefined {
  try {
    return withTranscript(fs, path, (file) => {
      const [line] = scanLines(file, {
        to: Math.min(headerTextBytes, file.fact.size),
        chunkBytes: windowBytes,
      });
      if (line?.bytes === undefined || !line.terminated) return undefined;
      const parsed = parseHeader(line.bytes);
      const isOfSession = parsed.state === "header" && parsed.header.id === sessionId;
      return isOfSession ? line.bytes.toString("utf8") : undefined;
    });
  } catch (error) {
    if (errnoOf(error) === undefined && !isStoreError(error)) throw error;
    return undefined;
  }
}

/** The line of the header if it is the very first and a short one, as nearly every header is; valid until the next one is read. */
function shortLine(file: ReadableFile, size: number): Buffer | undefined {
  const window = beginning.subarray(0, Math.min(windowBytes, size));
  const bytes = window.subarray(0, file.read(window, 0));
  const end = bytes.indexOf(jsonByte.lineFeed);
  if (end < 0 || skipWhiteSpace(bytes, 0) > end) return undefined;
  return bytes.subarray(0, bytes[end - 1] === jsonByte.carriageReturn ? end - 1 : end);
}

function anyHeader(file: ReadableFile): HeaderParse {
  const to = Math.min(headerLimitBytes, file.fact.size);
  for (const { blank, bytes } of scanLines(file, { to, chunkBytes: windowBytes })) {
    if (!blank && bytes !== undefined) return parseHeader(bytes);
  }
  return { state: "missing" };
}
