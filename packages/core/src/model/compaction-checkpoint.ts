import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link TranscriptReference}. */
export const transcriptReferenceSchema = z.looseObject({
  sessionId: z.string(),
  /** Path of the transcript, absolute or relative to the sessions directory. */
  sessionFile: optionalText,
  leafId: optionalText,
  entryId: optionalText,
});

/** A place in a transcript (OpenClaw 2026.5.28 store format). */
export type TranscriptReference = z.infer<typeof transcriptReferenceSchema>;

/** Schema of {@link CompactionCheckpoint}. */
export const compactionCheckpointSchema = z.looseObject({
  checkpointId: z.string(),
  sessionKey: z.string(),
  sessionId: z.string(),
  /** Epoch ms. */
  createdAt: z.number(),
  reason: openWord(entryWords["compactionCheckpoints.*.reason"]),
  tokensBefore: optionalNumber,
  tokensAfter: optionalNumber,
  summary: optionalText,
  firstKeptEntryId: optionalText,
  /** The transcript as it was before: it is referenced, so it must not be cleaned away. */
  preCompaction: transcriptReferenceSchema,
  postCompaction: transcriptReferenceSchema,
});

/** A compaction that can be gone back behind; OpenClaw keeps at most 25 a row (OpenClaw 2026.5.28 store format). */
export type CompactionCheckpoint = z.infer<typeof compactionCheckpointSchema>;
