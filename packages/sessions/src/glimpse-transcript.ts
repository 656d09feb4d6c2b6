import { join } from "node:path";
import {
  errnoOf,
  finding,
  type Finding,
  type IndexRow,
  isStoreError,
  readFirstUserMessage,
  readLastMessages,
  type ReadFs,
  type StorePlace,
  transcriptCandidates,
  type TranscriptMessage,
  type TranscriptOpener,
} from "@sessionsmith/core";

/** What the ends of a transcript show. */
export interface TranscriptGlimpse {
  /** The first message of the user, as far as a title needs it. */
  readonly firstUserMessage: string | undefined;
  readonly lastMessage: TranscriptMessage | undefined;
  /** Why the transcript could not be read. */
  readonly trouble: Finding | undefined;
}

/** A row, and the sessions directory that its transcript is looked for in. */
export interface GlimpsePlace {
  readonly place: StorePlace;
  readonly row: IndexRow;
}

/** What to look for. */
export interface GlimpseWish {
  readonly firstUserMessage: boolean;
  readonly lastMessage: boolean;
  /** Given with a key. */
  readonly opener?: TranscriptOpener | undefined;
}

/** Bytes that are read at most at either end. */
const capBytes = 4096;
const previewChars = 240;

const nothing: TranscriptGlimpse = {
  firstUserMessage: undefined,
  lastMessage: undefined,
  trouble: undefined,
};

/**
 * Reads the ends of a row's transcript in the sessions directory, at most the first and the last 4 KiB, so that a long list of
 * long conversations takes no longer than one of short ones; a transcript that lies elsewhere is not opened.
 * A transcript that is not there shows nothing; one that is no regular file or can't be read carries a finding.
 */
export function glimpseTranscript(
  fs: ReadFs,
  { place, row }: GlimpsePlace,
  wish: GlimpseWish,
): TranscriptGlimpse {
  for (const { name } of transcriptCandidates(row, place).inside) {
    const path = join(place.realDir, name);
    try {
      const fact = fs.lstat(path);
      if (fact === undefined) continue;
      if (fact.kind === "file") return readEnds(fs, path, { wish, key: row.key });
      return {
        ...nothing,
        trouble: finding(fact.kind === "symlink" ? "file-symlink" : "file-special", { path, key: row.key }),
      };
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      return { ...nothing, trouble: finding("file-unreadable", { path, key: row.key }, { errno }) };
    }
  }
  return nothing;
}

interface ReadEnds {
  readonly wish: GlimpseWish;
  readonly key: string;
}

/** What can't be decrypted shows that it is encrypted, and a finding. */
function readEnds(fs: ReadFs, path: string, { wish, key }: ReadEnds): TranscriptGlimpse {
  try {
    return lookAtEnds(fs, path, wish);
  } catch (error) {
    if (!isStoreError(error) || wish.opener === undefined) throw error;
    const trouble = finding("transcript-not-decrypted", { path, key }, { code: error.code });
    return { ...lookAtEnds(fs, path, { ...wish, opener: undefined }), trouble };
  }
}

/** A look at the end begins one byte earlier, to tell a whole line from a cut one. */
function lookAtEnds(
  fs: ReadFs,
  path: string,
  { firstUserMessage, lastMessage, opener }: GlimpseWish,
): TranscriptGlimpse {
  const search = opener === undefined ? { capBytes } : { capBytes, opener };
  const first = firstUserMessage
    ? readFirstUserMessage(fs, path, { ...search, maxChars: capBytes })
    : undefined;
  const last = lastMessage
    ? readLastMessages(fs, path, { ...search, limit: 1, maxChars: previewChars, capBytes: capBytes - 1 })
    : undefined;
  return { firstUserMessage: first?.text, lastMessage: last?.at(-1), trouble: undefined };
}
