import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalFlag, optionalNumber, optionalText } from "./session-entry-scalars.ts";

/** Fields of a row that hold what was set for this session alone. */
export const settingsFields = {
  thinkingLevel: openWord(entryWords.thinkingLevel).optional(),
  fastMode: optionalFlag,
  verboseLevel: optionalText,
  traceLevel: optionalText,
  reasoningLevel: openWord(entryWords.reasoningLevel).optional(),
  elevatedLevel: openWord(entryWords.elevatedLevel).optional(),
  /** When answers are spoken. */
  ttsAuto: optionalText,
  execHost: openWord(entryWords.execHost).optional(),
  execSecurity: openWord(entryWords.execSecurity).optional(),
  execAsk: openWord(entryWords.execAsk).optional(),
  /** Name of the node that commands run on. */
  execNode: optionalText,
  responseUsage: openWord(entryWords.responseUsage).optional(),
  providerOverride: optionalText,
  modelOverride: optionalText,
  modelOverrideSource: openWord(entryWords.modelOverrideSource).optional(),
  modelOverrideFallbackOriginProvider: optionalText,
  modelOverrideFallbackOriginModel: optionalText,
  agentRuntimeOverride: optionalText,
  authProfileOverride: optionalText,
  authProfileOverrideSource: openWord(entryWords.authProfileOverrideSource).optional(),
  authProfileOverrideCompactionCount: optionalNumber,
  /** True from a change of the model until the running turn has noticed it. */
  liveModelSwitchPending: optionalFlag,
  groupActivation: openWord(entryWords.groupActivation).optional(),
  groupActivationNeedsSystemIntro: optionalFlag,
  sendPolicy: openWord(entryWords.sendPolicy).optional(),
  queueMode: openWord(entryWords.queueMode).optional(),
  /** Milliseconds. */
  queueDebounceMs: optionalNumber,
  /** Messages that may wait. */
  queueCap: optionalNumber,
  queueDrop: openWord(entryWords.queueDrop).optional(),
};
