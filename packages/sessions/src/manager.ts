/**
 * Sessions for bots: one for each person, with history, checkpoints, resets, and what a model should see of them.
 *
 * @packageDocumentation
 */
export type { ChatCommand } from "./chat/chat-command.ts";
export {
  type ChatAuthor,
  type ChatCommandOptions,
  type ChatCommands,
  type ChatReply,
  createChatCommands,
  type TrajectoryHooks,
  type TrajectoryRequest,
} from "./chat/create-chat-commands.ts";
export type { ContextMessage } from "./context/context-item.ts";
export { type CountTokens, estimateTokens } from "./context/count-tokens.ts";
export type { HistoryMessage, MessageRole, MessageUsage, ToolCall } from "./context/history-message.ts";
export type { Summarize, SummaryRequest } from "./context/summarized-context.ts";
export type { PeerAddress } from "./identity/managed-key.ts";
export type { Checkpoint, CheckpointOrder } from "./manager/checkpoints.ts";
export {
  type CheckpointAnswer,
  type CheckpointDesk,
  type CheckpointDeskOptions,
  openCheckpointDesk,
} from "./manager/checkpoint-desk.ts";
export type { CleanupOrder, CleanupOutcome } from "./manager/cleanup-sessions.ts";
export type { ContextQuery } from "./manager/context-history.ts";
export { createSessionManager, type SessionManagerOptions } from "./manager/create-session-manager.ts";
export type { ExportQuery } from "./manager/export-session.ts";
export type { ExportedTrajectory, TrajectoryQuery } from "./manager/export-trajectory.ts";
export type { HistoryFormat, HistoryQuery, ReadHistory } from "./manager/history.ts";
export type { ManagerSettings, SettingChanges } from "./manager/manager-settings.ts";
export type { MessageDraft } from "./manager/message-line.ts";
export type {
  AddedMessage,
  ResetRequest,
  SessionManager,
  StorageOperation,
} from "./manager/session-manager.ts";
export type { Session } from "./manager/session-view.ts";
