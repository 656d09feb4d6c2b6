import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import {
  optionalEpochMs,
  optionalFlag,
  optionalNumber,
  optionalText,
  optionalTexts,
} from "./session-entry-scalars.ts";
import { subagentRecoverySchema } from "./subagent-recovery.ts";

/** Fields of a row that say which session it came from, and how a sub-agent's run went. */
export const lineageFields = {
  /** Key of the session that started this one. */
  spawnedBy: optionalText,
  /** Key of the parent, set by the dashboard. */
  parentSessionKey: optionalText,
  spawnedWorkspaceDir: optionalText,
  spawnedCwd: optionalText,
  /** True once a thread has taken over its parent's transcript. */
  forkedFromParent: optionalFlag,
  /** 0 for a main session, 1 for its sub-agent, 2 for that one's. */
  spawnDepth: optionalNumber,
  subagentRole: openWord(entryWords.subagentRole).optional(),
  subagentControlScope: openWord(entryWords.subagentControlScope).optional(),
  inheritedToolDeny: optionalTexts,
  inheritedToolAllow: optionalTexts,
  /** The plugin that made the row, and that must be asked before it is deleted. */
  pluginOwnerId: optionalText,
  subagentRecovery: subagentRecoverySchema.optional(),
  /** Epoch ms at which the run began. */
  startedAt: optionalEpochMs,
  /** Epoch ms at which the run ended. */
  endedAt: optionalEpochMs,
  /** Milliseconds that all runs took together. */
  runtimeMs: optionalNumber,
  status: openWord(entryWords.status).optional(),
};
