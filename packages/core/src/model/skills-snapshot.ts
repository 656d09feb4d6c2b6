import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalNumber, optionalText, optionalTexts } from "./session-entry-scalars.ts";

/** Schema of {@link SkillsSnapshot}. */
export const skillsSnapshotSchema = z.looseObject({
  /** Absent or empty where `promptRef` names a file that holds it. */
  prompt: optionalText,
  /** Names `skills-prompts/sha256/<2 hex>/<64 hex>.txt` beside the index. */
  promptRef: z
    .looseObject({
      version: z.number(),
      algorithm: openWord(entryWords["skillsSnapshot.promptRef.algorithm"]),
      /** Lower-case hex. */
      hash: z.string(),
      /** Size of the file. */
      bytes: z.number(),
    })
    .optional(),
  skills: z.array(z.looseObject({ name: z.string(), primaryEnv: optionalText, requiredEnv: optionalTexts })),
  skillFilter: optionalTexts,
  /** Belongs to a running program; OpenClaw removes it at every load and save. */
  resolvedSkills: z.array(z.unknown()).optional(),
  version: optionalNumber,
});

/** The skills that a session was started with (OpenClaw 2026.5.28 store format). */
export type SkillsSnapshot = z.infer<typeof skillsSnapshotSchema>;
