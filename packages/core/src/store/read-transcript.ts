import { lookOrFail } from "../layout/disk-error.ts";
import type { TranscriptMessage } from "../transcripts/message-record.ts";
import { readFirstUserMessage as readFirst, readLastMessages } from "../transcripts/read-messages.ts";
import { recordsNewestFirst, recordsOldestFirst } from "../transcripts/transcript-records.ts";
import { withTranscript } from "../transcripts/transcript-window.ts";
import { StoreError } from "../store-error.ts";
import { locateTranscript } from "./locate-transcript.ts";
import { accessStore, type StoreAccess } from "./store-access.ts";
import type { StoreOptions } from "./store-options.ts";
import type { PreviewQuery, TranscriptAddress } from "./transcript-options.ts";
import type { TranscriptReader } from "./transcript-reader.ts";

/**
 * The last messages of a session that have text, oldest first. Reads at most the last 256 KiB of the transcript.
 * @returns undefined if there is no transcript
 * @throws StoreError E_USAGE for a limit below 1; E_NOT_FOUND if there is no store; E_CORRUPT_INDEX, E_REFUSED, E_IO
 */
export async function readTranscriptPreview(
  { storePath, sessionId }: TranscriptAddress,
  query: PreviewQuery,
  options: StoreOptions = {},
): Promise<readonly TranscriptMessage[] | undefined> {
  return previewOf(accessStore(storePath, options), sessionId, query);
}

/** {@link readTranscriptPreview} in a store that is open. */
export function previewOf(
  access: StoreAccess,
  sessionId: string,
  query: PreviewQuery,
): readonly TranscriptMessage[] | undefined {
  requirePositive("limit", query.limit);
  requirePositive("maxChars", query.maxChars);
  const { path } = locateTranscript(access, sessionId);
  return lookOrFail("E_IO", path, () => readLastMessages(access.host.fs, path, query));
}

/** Reads the records of a transcript in a store that is open; see `SessionStore.read`. */
export function readRecords<T>(
  access: StoreAccess,
  sessionId: string,
  use: (transcript: TranscriptReader) => T,
): T | undefined {
  const { path } = locateTranscript(access, sessionId);
  return lookOrFail("E_IO", path, () =>
    withTranscript(access.host.fs, path, (file) =>
      use({
        newestFirst: () => recordsNewestFirst(file),
        oldestFirst: () => recordsOldestFirst(file),
      }),
    ),
  );
}

/**
 * The first message of the user that has text, for a title. Reads at most the first 256 KiB of the transcript.
 * @returns undefined if there is none, or no transcript
 * @throws StoreError as {@link readTranscriptPreview}
 */
export async function readFirstUserMessage(
  { storePath, sessionId }: TranscriptAddress,
  { maxChars }: Pick<PreviewQuery, "maxChars">,
  options: StoreOptions = {},
): Promise<TranscriptMessage | undefined> {
  requirePositive("maxChars", maxChars);
  const access = accessStore(storePath, options);
  const { path } = locateTranscript(access, sessionId);
  return lookOrFail("E_IO", path, () => readFirst(access.host.fs, path, { maxChars }));
}

/** @throws StoreError E_USAGE unless a limit is a whole number from 1 on (docs/invariants.md I10) */
export function requirePositive(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new StoreError("E_USAGE", `${name} has to be a whole number from 1 on, not ${value}.`);
}
