import type { ReadFs } from "../disk/read-fs.ts";
import { parseHeader, type HeaderParse } from "./header.ts";
import { scanLines } from "./scan-lines.ts";
import { windowBytes, withTranscript } from "./transcript-window.ts";

/** Longest header that is read; the working directory makes up most of it. */
const headerLimitBytes = 64 * 1024;

/**
 * Reads the header of a transcript: its first line that is not blank. Reads 4 KiB at a time and no more than it must.
 * A header of more than 64 KiB counts as damaged. Undefined if there is no such file; E_IO if it is no regular file.
 */
export function readHeader(fs: ReadFs, path: string): HeaderParse | undefined {
  return withTranscript(fs, path, (file) => {
    const to = Math.min(headerLimitBytes, file.fact.size);
    for (const { blank, bytes } of scanLines(file, { to, chunkBytes: windowBytes })) {
      if (!blank && bytes !== undefined) return parseHeader(bytes);
    }
    return { state: "missing" };
  });
}
