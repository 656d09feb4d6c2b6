import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** An object whose members this product does not look into. */
const opaqueObject = z.looseObject({});

/** Schema of {@link SystemPromptReport}. Amounts are characters where the name says nothing else. */
export const systemPromptReportSchema = z.looseObject({
  source: openWord(entryWords["systemPromptReport.source"]),
  /** Epoch ms. */
  generatedAt: z.number(),
  sessionId: optionalText,
  sessionKey: optionalText,
  provider: optionalText,
  model: optionalText,
  workspaceDir: optionalText,
  bootstrapMaxChars: optionalNumber,
  bootstrapTotalMaxChars: optionalNumber,
  bootstrapTruncation: opaqueObject.optional(),
  sandbox: opaqueObject.optional(),
  systemPrompt: z.looseObject({
    chars: z.number(),
    projectContextChars: z.number(),
    nonProjectContextChars: z.number(),
    hash: optionalText,
  }),
  currentTurn: opaqueObject.optional(),
  injectedWorkspaceFiles: z.array(opaqueObject),
  skills: z.looseObject({ promptChars: z.number(), hash: optionalText, entries: z.array(opaqueObject) }),
  tools: z.looseObject({ listChars: z.number(), schemaChars: z.number(), entries: z.array(opaqueObject) }),
});

/** What the system prompt of the last run was made of, in sizes (OpenClaw 2026.5.28 store format). */
export type SystemPromptReport = z.infer<typeof systemPromptReportSchema>;
