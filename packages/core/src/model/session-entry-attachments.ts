import * as z from "zod";
import { cliSessionBindingSchema } from "./cli-session-binding.ts";
import { pluginNextTurnInjectionSchema } from "./plugin-next-turn-injection.ts";
import { sessionAcpSchema } from "./session-acp.ts";
import { optionalText } from "./session-entry-scalars.ts";
import { skillsSnapshotSchema } from "./skills-snapshot.ts";

/** Fields of a row that belong to skills, plugins and other programs. */
export const attachmentFields = {
  /** Provider -> session id of its command line program. */
  cliSessionIds: z.record(z.string(), z.string()).optional(),
  /** Provider -> the same with the conditions of reuse. */
  cliSessionBindings: z.record(z.string(), cliSessionBindingSchema).optional(),
  /** The form of `cliSessionIds` before there were several. */
  claudeCliSessionId: optionalText,
  skillsSnapshot: skillsSnapshotSchema.optional(),
  pluginDebugEntries: z.array(z.looseObject({ pluginId: z.string(), lines: z.array(z.string()) })).optional(),
  /** Plugin id -> namespace -> any JSON value. */
  pluginExtensions: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  /** Plugin id -> namespace -> name of the field of the row that mirrors it. */
  pluginExtensionSlotKeys: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  /** Plugin id -> what it adds to the next turn. */
  pluginNextTurnInjections: z.record(z.string(), z.array(pluginNextTurnInjectionSchema)).optional(),
  acp: sessionAcpSchema.optional(),
};
