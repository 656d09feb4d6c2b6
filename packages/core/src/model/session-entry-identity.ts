import * as z from "zod";
import { optionalEpochMs, optionalFlag, optionalText, optionalTexts } from "./session-entry-scalars.ts";

/** Fields of a row that say which session it is, when it lived, and what it is called. */
export const identityFields = {
  /** Id of the current transcript. */
  sessionId: optionalText,
  /** Epoch ms of the last change of the row; every age is counted from it. */
  updatedAt: optionalEpochMs,
  /** Path of the transcript, absolute or relative to the sessions directory. */
  sessionFile: optionalText,
  /** Epoch ms at which the current session id began. */
  sessionStartedAt: optionalEpochMs,
  /** Epoch ms of the last message of a person. */
  lastInteractionAt: optionalEpochMs,
  /** Names the sessions whose usage is counted together. */
  usageFamilyKey: optionalText,
  /** Earlier session ids of that family; their transcripts stay referenced. */
  usageFamilySessionIds: optionalTexts,
  /** The operator's name for it; unique in a store. */
  label: optionalText,
  displayName: optionalText,
  systemSent: optionalFlag,
  abortedLastRun: optionalFlag,
  /** Id of the last message that `/stop` cut off. */
  abortCutoffMessageSid: optionalText,
  /** Epoch ms of that message. */
  abortCutoffTimestamp: optionalEpochMs,
  lastHeartbeatText: optionalText,
  lastHeartbeatSentAt: optionalEpochMs,
  /** On a `…:heartbeat` row: the key that it was split from. */
  heartbeatIsolatedBaseSessionKey: optionalText,
  /** Task name -> epoch ms of its last run. */
  heartbeatTaskState: z.record(z.string(), z.number()).optional(),
  lastTtsReadLatestHash: optionalText,
  lastTtsReadLatestAt: optionalEpochMs,
};
