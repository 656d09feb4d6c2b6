import { anyText } from "./parsers.ts";
import type { FlagSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** Points at one index, wherever it is. */
export const storeOption: ValueSpec<string> = {
  kind: "value",
  flags: "--store <sessions.json>",
  description: "one store, by the path of its index; excludes --agent, --all-agents and --discovered",
  parse: anyText("--store"),
};

/** Points at one agent's store. */
export const agentOption: ValueSpec<string> = {
  kind: "value",
  flags: "--agent <id>",
  description: "the store of one agent (default: the default agent of openclaw.json, else main)",
  parse: anyText("--agent"),
};

/** Points at every configured agent's store. */
export const allAgentsOption: FlagSpec = {
  kind: "flag",
  flags: "--all-agents",
  description: "the stores of all configured agents",
};

/** Adds the stores that lie on the disk without being configured. */
export const discoveredOption: FlagSpec = {
  kind: "flag",
  flags: "--discovered",
  description: "add stores that are on the disk but not configured",
};

/** The state directory. */
export const stateDirOption: ValueSpec<string> = {
  kind: "value",
  flags: "--state-dir <dir>",
  description: "OpenClaw's state directory (default: OPENCLAW_STATE_DIR, else ~/.openclaw)",
  parse: anyText("--state-dir"),
};

/** The settings file. */
export const configOption: ValueSpec<string> = {
  kind: "value",
  flags: "--config <openclaw.json>",
  description:
    "OpenClaw's settings file (default: OPENCLAW_CONFIG_PATH, else openclaw.json in the state directory)",
  parse: anyText("--config"),
};

/** Which stores a command works on: the same everywhere. */
export const selectionOptions: readonly OptionSpec[] = [
  storeOption,
  agentOption,
  allAgentsOption,
  discoveredOption,
  stateDirOption,
  configOption,
];
