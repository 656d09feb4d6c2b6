import type { CommandSpec } from "../command-spec.ts";
import { keyFileOption } from "../options/key-options.ts";
import { channelOption, scopeOption, userOption } from "../options/manager-options.ts";
import { outputOptions } from "../options/output-options.ts";
import { selectionOptions } from "../options/selection-options.ts";

/** `sessionsmith chat-command`. */
export const chatCommandCommand: CommandSpec = {
  name: "chat-command",
  summary: "try a line that a bot would get in a chat",
  description: [
    "Does what a bot with chat commands does with one line of a chat: /new, /reset, /session, /checkpoint and /history. It works on " +
      "the store as the bot would, and makes what is missing; a line that is no such command is an error.",
    "The settings of /session scope, reset-time and idle-reset are kept in the store.",
  ],
  arguments: [{ name: "<line>", description: 'the line, quoted: "/session list"' }],
  optionGroups: [
    { heading: "Who says it", options: [userOption, channelOption] },
    { heading: "How", options: [scopeOption, keyFileOption] },
    { heading: "Which stores", options: selectionOptions },
    { heading: "Output", options: outputOptions },
  ],
  examples: [
    {
      line: 'sessionsmith chat-command "/session" --user 123 --channel telegram',
      purpose: "what a user's session is",
    },
    {
      line: 'sessionsmith chat-command "/session reset-time 4:30"',
      purpose: "a daily reset for the whole store",
    },
  ],
  exits: [0, 1, 2, 10, 11, 12, 13, 14, 15],
  load: async () => (await import("../managing.ts")).runChatCommand,
};
