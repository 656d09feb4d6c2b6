import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalEpochMs, optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link QuotaSuspension}. */
export const quotaSuspensionSchema = z.looseObject({
  /** 1 in 2026.5.28. */
  schemaVersion: z.number(),
  /** Epoch ms. */
  suspendedAt: z.number(),
  reason: openWord(entryWords["quotaSuspension.reason"]),
  failedProvider: z.string(),
  failedModel: z.string(),
  /** Text for the next attempt. */
  summary: optionalText,
  snapshotRef: optionalText,
  laneId: optionalText,
  expectedResumeBy: optionalEpochMs,
  state: openWord(entryWords["quotaSuspension.state"]),
});

/**
 * A session that waits because a provider refused more work (OpenClaw 2026.5.28 store format).
 * OpenClaw resumes it after 30 minutes and drops the field after 60.
 */
export type QuotaSuspension = z.infer<typeof quotaSuspensionSchema>;
