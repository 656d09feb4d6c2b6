/** What is loaded for checkpoints, resets and chat commands. */
export { runChatCommand } from "./commands/chat-command.ts";
export { runCheckpoint } from "./commands/checkpoint.ts";
export { runFreshness } from "./commands/freshness.ts";
