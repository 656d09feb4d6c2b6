import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { isStoreError } from "../store-error.ts";
import { examineTranscript } from "./examine-transcript.ts";
import { looksSound } from "./looks-sound.ts";
import { withTranscript } from "./transcript-window.ts";
import type { TranscriptTrouble } from "./trouble-list.ts";

/** What was seen of the structure of a transcript. */
export type TranscriptHealth =
  | {
      readonly state: "looked-at";
      /** True if every line was looked at, false if only both ends were, and look sound. */
      readonly whole: boolean;
      readonly troubles: readonly TranscriptTrouble[];
      /** True unless nothing in it is a record that OpenClaw writes. */
      readonly isTranscript: boolean;
    }
  /** It could not be read. */
  | { readonly state: "unreadable"; readonly errno: string | undefined };

/**
 * Looks at the structure of a transcript; undefined if there is no such file. Every line is looked at if `deep` is set or if one of
 * its ends does not look sound. Never throws for what the file is or holds.
 */
export function readTranscriptHealth(fs: ReadFs, path: string, deep: boolean): TranscriptHealth | undefined {
  try {
    return withTranscript(fs, path, (file) => {
      if (!deep && looksSound(file))
        return { state: "looked-at", whole: false, troubles: [], isTranscript: true };
      const { troubles, isTranscript } = examineTranscript(file);
      return { state: "looked-at", whole: true, troubles, isTranscript };
    });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined && !isStoreError(error)) throw error;
    return { state: "unreadable", errno };
  }
}
