import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** Schema of {@link PluginNextTurnInjection}. */
export const pluginNextTurnInjectionSchema = z.looseObject({
  id: z.string(),
  pluginId: z.string(),
  pluginName: optionalText,
  text: z.string(),
  idempotencyKey: optionalText,
  placement: openWord(entryWords["pluginNextTurnInjections.*.*.placement"]),
  /** Milliseconds after `createdAt` at which it is void. */
  ttlMs: optionalNumber,
  /** Epoch ms. */
  createdAt: z.number(),
  /** Any JSON value. */
  metadata: z.unknown().optional(),
});

/** Text that a plugin adds once, to the next turn (OpenClaw 2026.5.28 store format). */
export type PluginNextTurnInjection = z.infer<typeof pluginNextTurnInjectionSchema>;
