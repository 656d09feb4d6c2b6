/** What is loaded when a command that plans or writes is run. */
export { nodeEngineHost, nodePortProbe, pendingOperations } from "@sessionsmith/core/engine";
export { runApply } from "./commands/apply.ts";
export { runCleanup } from "./commands/cleanup.ts";
export { runOperations } from "./commands/operations.ts";
export { runRecover } from "./commands/recover.ts";
export { runTrash } from "./commands/trash.ts";
export { runUndo } from "./commands/undo.ts";
