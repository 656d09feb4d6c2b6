import { anyText } from "./parsers.ts";
import type { ValueSpec } from "./option-spec.ts";

/** The session, as OpenClaw's command takes it. */
export const sessionKeyOption: ValueSpec<string> = {
  kind: "value",
  flags: "--session-key <key>",
  description: "the session, as `openclaw sessions export-trajectory` takes it",
  parse: anyText("--session-key"),
};

/** The workspace that a bundle is for. */
export const workspaceOption: ValueSpec<string> = {
  kind: "value",
  flags: "--workspace <dir>",
  description:
    "the workspace; bundles lie in its .openclaw/trajectory-exports (default: the current directory)",
  parse: anyText("--workspace"),
};

/** The name of a bundle. */
export const bundleNameOption: ValueSpec<string> = {
  kind: "value",
  flags: "--output <name>",
  description: "name of the new directory in there (default: made of the session id and the time)",
  parse: anyText("--output"),
};
