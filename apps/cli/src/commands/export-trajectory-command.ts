import type { CommandSpec } from "../command-spec.ts";
import { readingOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";
import { bundleNameOption, sessionKeyOption, workspaceOption } from "../options/trajectory-options.ts";

/** `sessionsmith export-trajectory`. */
export const exportTrajectoryCommand: CommandSpec = {
  name: "export-trajectory",
  summary: "write what happened in a session as a bundle for support",
  description: [
    "Writes a directory with the events of a session in order, the active branch of its transcript and, if the runtime left a trajectory, " +
      "its prompts, tools and results. Credentials are left out, images are only told by size and hash, and paths begin with words " +
      "instead of this machine's directories. What was said stays in clear: look at it before you send it.",
    "The directory is made inside .openclaw/trajectory-exports of the workspace, with mode 0700; it must not be there yet, and no " +
      "link on the way is followed. The store itself is not changed.",
  ],
  arguments: [
    { name: "[session]", description: "a session key, session id, label, or a glob that means one session" },
  ],
  optionGroups: [
    { heading: "What and where", options: [sessionKeyOption, workspaceOption, bundleNameOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: readingOptions },
  ],
  examples: [
    { line: "sessionsmith export-trajectory agent:main:main --workspace .", purpose: "into this workspace" },
    {
      line: "sessionsmith export-trajectory --session-key agent:main:telegram:direct:123 --output bug-123 --json",
      purpose: "as OpenClaw's command is called",
    },
  ],
  exits: [0, 1, 2, 10, 12, 15],
  load: async () => (await import("../exporting.ts")).runExportTrajectory,
};
