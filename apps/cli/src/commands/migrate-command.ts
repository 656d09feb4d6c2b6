import type { CommandSpec } from "../command-spec.ts";
import {
  migrateFormatOption,
  migrateOptions,
  reportOption,
  shortVerboseOption,
} from "../options/migrate-options.ts";
import { jsonOption, noColorOption, quietOption } from "../options/output-options.ts";
import { configOption, stateDirOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";

/** `sessionsmith migrate`. */
export const migrateCommand: CommandSpec = {
  name: "migrate",
  summary: "bring the sessions of an older or foreign store into OpenClaw's stores",
  description: [
    "Finds the sessions of a workspace (openclaw-python and its relatives, bytesagain's `session`, OpenClaw from before there were " +
      "agents), and brings them into the stores of their agents as one operation: rows and transcripts as OpenClaw writes them. " +
      "The originals are copied first and stay where they are. No row of a store is changed, and a second run finds nothing to do.",
    "`migrate detect <path>` says of each file what it was taken for, and why. " +
      "`migrate verify <workspace>` compares every message of the originals with what is in the stores. " +
      "`migrate rollback <operation>` takes a migration back; what has gone on since stays. " +
      "A workspace of one of these names is written `./detect`.",
    "What can't be read stays where it is and is named, with exit 3; the rest is migrated.",
  ],
  arguments: [
    { name: "<what>", description: "the workspace; or detect, verify or rollback" },
    {
      name: "[target]",
      description: "after detect, verify or rollback: the path, the workspace or the operation",
    },
  ],
  optionGroups: [
    { heading: "How", options: [previewOption, ...migrateOptions] },
    { heading: "Where OpenClaw is", options: [stateDirOption, configOption] },
    {
      heading: "Output",
      options: [
        jsonOption,
        migrateFormatOption,
        reportOption,
        noColorOption,
        quietOption,
        shortVerboseOption,
      ],
    },
  ],
  examples: [
    { line: "sessionsmith migrate detect ~/workspace", purpose: "what is there" },
    { line: "sessionsmith migrate ~/workspace --dry-run -v", purpose: "what would become of it" },
    { line: "sessionsmith migrate ~/workspace --report migrated.csv", purpose: "migrate, and keep a list" },
    { line: "sessionsmith migrate verify ~/workspace", purpose: "is every message there?" },
    {
      line: "sessionsmith migrate rollback 20261120T101500123Z-1a2b3c4d",
      purpose: "everything as before",
    },
  ],
  exits: [0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16, 130],
  load: async () => (await import("../migrating.ts")).runMigrate,
};
