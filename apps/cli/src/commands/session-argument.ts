import type { CommandSpec } from "../command-spec.ts";

/** The one session that a command is about. */
export const sessionArgument: CommandSpec["arguments"][number] = {
  name: "<session>",
  description: "a session key, session id, label, or a glob over keys that means one session",
};
