import type { FlagSpec, OptionSpec, ValueSpec } from "./option-spec.ts";
import { verboseOption } from "./output-options.ts";
import { anyText, oneOf } from "./parsers.ts";

/** The agent of sessions that name none. */
export const agentIdOption: ValueSpec<string> = {
  kind: "value",
  flags: "--agent-id <id>",
  description: "the agent of sessions that name none (default: main)",
  parse: anyText("--agent-id"),
};

/** Another place than the agents' stores. */
export const toOption: ValueSpec<string> = {
  kind: "value",
  flags: "--to <dir>",
  description: "one sessions directory for all of them, instead of the stores of their agents",
  parse: anyText("--to"),
};

/** No copy of the originals. */
export const noBackupOption: FlagSpec = {
  kind: "flag",
  flags: "--no-backup",
  description: "do not copy the originals first; they stay where they are",
};

/** Copies as plain files. */
export const backupFilesOption: FlagSpec = {
  kind: "flag",
  flags: "--backup-files",
  description: "copy the originals file by file instead of into one archive",
};

/** Takes the originals away. */
export const moveOption: FlagSpec = {
  kind: "flag",
  flags: "--move",
  description: "move the originals there instead of copying them, when everything else is done",
};

/** What a time without a zone means. */
export const naiveZoneOption: ValueSpec<string> = {
  kind: "value",
  flags: "--naive-tz <zone>",
  description: "the zone of times that name none, such as Europe/Berlin (default: UTC)",
  parse: anyText("--naive-tz"),
};

/** A report as a file. */
export const reportOption: ValueSpec<string> = {
  kind: "value",
  flags: "--report <file>",
  description: "write every session and finding to a new file: CSV if its name ends in .csv, else JSON",
  parse: anyText("--report"),
};

/** The shape of another tool. */
export const migrateFormatOption: ValueSpec<"openclaw-python"> = {
  kind: "value",
  flags: "--format <name>",
  description:
    "openclaw-python: the text of its migrate_sessions.py; with --json the names of its statistics",
  parse: oneOf("--format", ["openclaw-python"]),
};

/** `--verbose` as openclaw-python's tool spells it too. */
export const shortVerboseOption: FlagSpec = { ...verboseOption, flags: "-v, --verbose" };

/** How a migration is done. */
export const migrateOptions: readonly OptionSpec[] = [
  agentIdOption,
  toOption,
  naiveZoneOption,
  noBackupOption,
  backupFilesOption,
  moveOption,
];
