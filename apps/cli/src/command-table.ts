import type { CommandExample, CommandSpec } from "./command-spec.ts";
import { applyCommand } from "./commands/apply-command.ts";
import { callCommand } from "./commands/call-command.ts";
import { checkCommand } from "./commands/check-command.ts";
import { chatCommandCommand } from "./commands/chat-command-command.ts";
import { checkpointCommand } from "./commands/checkpoint-command.ts";
import { cleanupCommand } from "./commands/cleanup-command.ts";
import { compactCommand } from "./commands/compact-command.ts";
import { configCommand } from "./commands/config-command.ts";
import { convertCommand } from "./commands/convert-command.ts";
import { createCommand } from "./commands/create-command.ts";
import { deleteCommand } from "./commands/delete-command.ts";
import { decryptCommand } from "./commands/decrypt-command.ts";
import { encryptCommand } from "./commands/encrypt-command.ts";
import { explainCommand } from "./commands/explain-command.ts";
import { expireCommand } from "./commands/expire-command.ts";
import { exportCommand } from "./commands/export-command.ts";
import { exportTrajectoryCommand } from "./commands/export-trajectory-command.ts";
import { historyCommand } from "./commands/history-command.ts";
import { importCommand } from "./commands/import-command.ts";
import { freshnessCommand } from "./commands/freshness-command.ts";
import { listCommand } from "./commands/list-command.ts";
import { migrateCommand } from "./commands/migrate-command.ts";
import { operationsCommand } from "./commands/operations-command.ts";
import { patchCommand } from "./commands/patch-command.ts";
import { previewCommand } from "./commands/preview-command.ts";
import { recoverCommand } from "./commands/recover-command.ts";
import { refreshCommand } from "./commands/refresh-command.ts";
import { resetCommand } from "./commands/reset-command.ts";
import { resolveCommand } from "./commands/resolve-command.ts";
import { setCommand } from "./commands/set-command.ts";
import { getCommand, showCommand } from "./commands/show-command.ts";
import { statsCommand } from "./commands/stats-command.ts";
import { repairCommand } from "./commands/repair-command.ts";
import { trashCommand } from "./commands/trash-command.ts";
import { undoCommand } from "./commands/undo-command.ts";
import { versionCommand } from "./commands/version-command.ts";

/** Commands that the help shows under one heading. */
interface CommandGroup {
  readonly heading: string;
  readonly commands: readonly CommandSpec[];
}

/** Every command, in the order of the help. A command that is not here does not exist. */
export const commandGroups: readonly CommandGroup[] = [
  {
    heading: "Look",
    commands: [
      listCommand,
      showCommand,
      getCommand,
      previewCommand,
      resolveCommand,
      historyCommand,
      statsCommand,
      freshnessCommand,
    ],
  },
  {
    heading: "Change single sessions",
    commands: [
      createCommand,
      patchCommand,
      resetCommand,
      deleteCommand,
      compactCommand,
      setCommand,
      expireCommand,
      refreshCommand,
      checkpointCommand,
    ],
  },
  {
    heading: "Look after stores",
    commands: [cleanupCommand, applyCommand, checkCommand, repairCommand, explainCommand],
  },
  {
    heading: "Bring in, take out, protect",
    commands: [
      migrateCommand,
      exportCommand,
      exportTrajectoryCommand,
      importCommand,
      encryptCommand,
      decryptCommand,
      convertCommand,
    ],
  },
  { heading: "Take back", commands: [operationsCommand, undoCommand, recoverCommand, trashCommand] },
  {
    heading: "Settings and programs",
    commands: [configCommand, callCommand, chatCommandCommand, versionCommand],
  },
];

/** The commands of all groups. */
export const commandTable: readonly CommandSpec[] = commandGroups.flatMap(({ commands }) => commands);

/** What the program is, a paragraph each. */
export const rootDescription: readonly string[] = [
  "Lists, looks after, checks, repairs and migrates the session stores of OpenClaw and its relatives: one index (sessions.json) and one " +
    "transcript for each session. Without a command it lists the newest sessions.",
];

/** Examples for the help of the whole program. */
export const rootExamples: readonly CommandExample[] = [
  { line: "sessionsmith", purpose: "the newest 100 sessions of the default agent" },
  {
    line: "sessionsmith cleanup --dry-run",
    purpose: "what maintenance would remove, and why the rest stays",
  },
  { line: "sessionsmith help list", purpose: "everything about one command" },
];
