import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { isStoreError } from "../store-error.ts";
import { parseRecord } from "./parse-record.ts";
import { scanLines } from "./scan-lines.ts";
import { windowBytes, withTranscript } from "./transcript-window.ts";

/** An event has at most 256 KiB (OpenClaw 2026.5.28 store format). */
const eventLimitBytes = 256 * 1024;

/**
 * The session key that the first event of a trajectory names: which session the transcript beside it was of.
 * Undefined if there is no such file, it could not be read, or its first line names none.
 * @param strict throws what the system answers instead, for whoever must not take an error for an answer
 */
export function readTrajectoryKey(fs: ReadFs, path: string, strict = false): string | undefined {
  try {
    return withTranscript(fs, path, (file) => {
      const to = Math.min(eventLimitBytes, file.fact.size);
      for (const { blank, bytes } of scanLines(file, { to, chunkBytes: windowBytes })) {
        if (!blank && bytes !== undefined) return keyOn(bytes);
      }
      return undefined;
    });
  } catch (error) {
    if (strict || (errnoOf(error) === undefined && !isStoreError(error))) throw error;
    return undefined;
  }
}

function keyOn(line: Uint8Array): string | undefined {
  const parsed = parseRecord(line);
  const key = parsed.ok ? parsed.record["sessionKey"] : undefined;
  return typeof key === "string" && key !== "" ? key : undefined;
}
