import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link ContextBudgetStatus}. Amounts are tokens where the name says nothing else. */
export const contextBudgetStatusSchema = z.looseObject({
  /** 1 in 2026.5.28. */
  schemaVersion: z.number(),
  source: openWord(entryWords["contextBudgetStatus.source"]),
  /** Epoch ms. */
  updatedAt: z.number(),
  provider: z.string(),
  model: z.string(),
  /** What the estimate advised. */
  route: openWord(entryWords["contextBudgetStatus.route"]),
  shouldCompact: z.boolean(),
  estimatedPromptTokens: z.number(),
  contextTokenBudget: z.number(),
  promptBudgetBeforeReserve: z.number(),
  reserveTokens: z.number(),
  effectiveReserveTokens: z.number(),
  remainingPromptBudgetTokens: z.number(),
  overflowTokens: z.number(),
  /** Characters of tool results that could be cut. */
  toolResultReducibleChars: z.number(),
  messageCount: z.number(),
  unwindowedMessageCount: z.number(),
  sessionId: optionalText,
});

/** The last estimate of how well the prompt fits the model's context (OpenClaw 2026.5.28 store format). */
export type ContextBudgetStatus = z.infer<typeof contextBudgetStatusSchema>;
