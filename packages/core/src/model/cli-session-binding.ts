import * as z from "zod";
import { optionalFlag, optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link CliSessionBinding}. */
export const cliSessionBindingSchema = z.looseObject({
  /** Id of the session in the other program. */
  sessionId: z.string(),
  /** Reuse it even if one of the hashes below no longer fits. */
  forceReuse: optionalFlag,
  authProfileId: optionalText,
  authEpoch: optionalText,
  authEpochVersion: optionalNumber,
  extraSystemPromptHash: optionalText,
  promptToolNamesHash: optionalText,
  cwdHash: optionalText,
  mcpConfigHash: optionalText,
  mcpResumeHash: optionalText,
});

/** Ties a row to a session of a command line agent (OpenClaw 2026.5.28 store format). */
export type CliSessionBinding = z.infer<typeof cliSessionBindingSchema>;
