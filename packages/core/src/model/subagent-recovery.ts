import * as z from "zod";
import { optionalEpochMs, optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link SubagentRecovery}. */
export const subagentRecoverySchema = z.looseObject({
  /** Resumes that were tried without being asked for. */
  automaticAttempts: optionalNumber,
  lastAttemptAt: optionalEpochMs,
  lastRunId: optionalText,
  /** Epoch ms at which recovery was given up. */
  wedgedAt: optionalEpochMs,
  wedgedReason: optionalText,
});

/** How often an interrupted sub-agent was resumed (OpenClaw 2026.5.28 store format). */
export type SubagentRecovery = z.infer<typeof subagentRecoverySchema>;
