/**
 * The schemas of a row: for programs that want to look at rows with types. This door loads zod; the others do not.
 *
 * @packageDocumentation
 */
export type { ChannelRoute } from "./model/channel-route.ts";
export { channelRouteSchema } from "./model/channel-route.ts";
export type { CliSessionBinding } from "./model/cli-session-binding.ts";
export { cliSessionBindingSchema } from "./model/cli-session-binding.ts";
export type { CompactionCheckpoint, TranscriptReference } from "./model/compaction-checkpoint.ts";
export { compactionCheckpointSchema, transcriptReferenceSchema } from "./model/compaction-checkpoint.ts";
export type { ContextBudgetStatus } from "./model/context-budget-status.ts";
export { contextBudgetStatusSchema } from "./model/context-budget-status.ts";
export type { DeliveryContext } from "./model/delivery-context.ts";
export { deliveryContextSchema } from "./model/delivery-context.ts";
export type { EntryInspection } from "./model/inspect-entry.ts";
export { inspectEntry } from "./model/inspect-entry.ts";
export type { OpenWord } from "./model/open-word.ts";
export type { PluginNextTurnInjection } from "./model/plugin-next-turn-injection.ts";
export { pluginNextTurnInjectionSchema } from "./model/plugin-next-turn-injection.ts";
export type { QuotaSuspension } from "./model/quota-suspension.ts";
export { quotaSuspensionSchema } from "./model/quota-suspension.ts";
export type { SessionAcp } from "./model/session-acp.ts";
export { sessionAcpSchema } from "./model/session-acp.ts";
export type { SessionEntry, SessionEntryView } from "./model/session-entry.ts";
export { sessionEntrySchema } from "./model/session-entry.ts";
export type { SessionOrigin } from "./model/session-origin.ts";
export { sessionOriginSchema } from "./model/session-origin.ts";
export type { SkillsSnapshot } from "./model/skills-snapshot.ts";
export { skillsSnapshotSchema } from "./model/skills-snapshot.ts";
export type { SubagentRecovery } from "./model/subagent-recovery.ts";
export { subagentRecoverySchema } from "./model/subagent-recovery.ts";
export type { SystemPromptReport } from "./model/system-prompt-report.ts";
export { systemPromptReportSchema } from "./model/system-prompt-report.ts";
