import type { DmScope } from "@sessionsmith/core";

/** What a person asks for in a chat. */
export type ChatCommand =
  | { readonly name: "new" | "reset" }
  | { readonly name: "session" }
  | { readonly name: "session list" }
  | { readonly name: "session scope"; readonly scope: DmScope }
  /** `time` as it was written; the manager looks whether it is one. */
  | { readonly name: "session reset-time"; readonly time: string }
  | { readonly name: "session idle-reset"; readonly minutes: string }
  | { readonly name: "checkpoint save"; readonly checkpointName: string }
  | { readonly name: "checkpoint list" }
  | { readonly name: "checkpoint delete" | "checkpoint restore"; readonly id: string }
  | { readonly name: "history" | "history clear" | "history export" }
  /** Without a name one is made. */
  | { readonly name: "export-trajectory"; readonly bundleName: string | undefined };

/** A line that is a command, or means to be one. */
export type ParsedChatLine =
  | { readonly state: "command"; readonly command: ChatCommand }
  /** The word is ours, and the rest is not as it must be. */
  | { readonly state: "wrong"; readonly usage: string };

/** Every command as it is written, for help and for lines that are wrong. */
export const chatUsage = {
  new: "/new",
  reset: "/reset",
  session: "/session [list | scope main|channel|peer | reset-time HH:MM|off | idle-reset <minutes>|off]",
  checkpoint: '/checkpoint save "<name>" | list | restore <id> | delete <id>',
  history: "/history [export | clear]",
  "export-trajectory": "/export-trajectory [name]",
} as const;
