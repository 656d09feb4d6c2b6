import * as z from "zod";
import { compactionCheckpointSchema } from "./compaction-checkpoint.ts";
import { contextBudgetStatusSchema } from "./context-budget-status.ts";
import { quotaSuspensionSchema } from "./quota-suspension.ts";
import { optionalEpochMs, optionalFlag, optionalNumber, optionalText } from "./session-entry-scalars.ts";
import { systemPromptReportSchema } from "./system-prompt-report.ts";

/** Fields of a row that say which model ran, and what it used up. */
export const usageFields = {
  /** Of the last run. */
  model: optionalText,
  /** Of the last run. */
  modelProvider: optionalText,
  agentHarnessId: optionalText,
  inputTokens: optionalNumber,
  outputTokens: optionalNumber,
  totalTokens: optionalNumber,
  /** False: `totalTokens` is out of date, show it as unknown. */
  totalTokensFresh: optionalFlag,
  /** Tokens read from the provider's cache. */
  cacheRead: optionalNumber,
  /** Tokens written to the provider's cache. */
  cacheWrite: optionalNumber,
  /** US dollars. */
  estimatedCostUsd: optionalNumber,
  /** Size of the model's context in tokens. */
  contextTokens: optionalNumber,
  contextBudgetStatus: contextBudgetStatusSchema.optional(),
  fallbackNoticeSelectedModel: optionalText,
  fallbackNoticeActiveModel: optionalText,
  fallbackNoticeReason: optionalText,
  quotaSuspension: quotaSuspensionSchema.optional(),
  /** Compactions of the transcript so far. */
  compactionCount: optionalNumber,
  compactionCheckpoints: z.array(compactionCheckpointSchema).optional(),
  /** Epoch ms of the last memory flush. */
  memoryFlushAt: optionalEpochMs,
  /** `compactionCount` at that flush. */
  memoryFlushCompactionCount: optionalNumber,
  memoryFlushContextHash: optionalText,
  systemPromptReport: systemPromptReportSchema.optional(),
};
