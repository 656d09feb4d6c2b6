import { isStoreError } from "@sessionsmith/core";
import type { PeerAddress } from "../identity/managed-key.ts";
import type { Session } from "../manager/session-view.ts";
import type { SessionManager } from "../manager/session-manager.ts";
import type { ChatCommand } from "./chat-command.ts";
import { chatReply } from "./chat-reply.ts";
import { parseChatLine } from "./parse-chat-line.ts";

/** Who wrote a line, as the session manager knows him. */
export type ChatAuthor = PeerAddress;

/** What is answered. */
export interface ChatReply {
  /** False: nothing was done, and the text says why. */
  readonly ok: boolean;
  /** The command, without what follows it; undefined for a line that is wrong. */
  readonly command: ChatCommand["name"] | undefined;
  /** Plain text of one or more lines; an export is Markdown. */
  readonly text: string;
}

/** How chat commands are mounted. */
export interface ChatCommandOptions {
  /**
   * Asked before each command; false refuses it. Settings count for everybody in the store, so a bot for many people lets only
   * some of them say `/session scope`, `reset-time` and `idle-reset`. Default: everybody may do everything.
   */
  readonly allow?: (command: ChatCommand["name"], author: ChatAuthor) => boolean | Promise<boolean>;
  /** What `/export-trajectory` takes; without it the command is refused. */
  readonly trajectory?: TrajectoryHooks;
}

/** A bundle of a whole conversation leaves the store only with somebody's consent. */
export interface TrajectoryHooks {
  /** Asks a person or a rule; false refuses. Called before anything is read. */
  readonly approve: (request: TrajectoryRequest) => boolean | Promise<boolean>;
  /** The workspace that bundles are written into (`.openclaw/trajectory-exports`). Default: the current directory. */
  readonly workspaceDir?: string;
  /** Writes the bundle in another way, and says where it is. Default: `exportTrajectory` of the manager. */
  readonly write?: (request: TrajectoryRequest) => string | Promise<string>;
}

/** Whose conversation is to be written out. */
export interface TrajectoryRequest {
  readonly session: Session;
  readonly author: ChatAuthor;
  /** As it was asked for; undefined: one is made of the session id and the time. */
  readonly name: string | undefined;
}

/** Chat commands over a session manager. */
export interface ChatCommands {
  /**
   * Does what a line asks for. A person reaches only his own session, and checkpoints of it.
   * @returns undefined for a line that is no command, and goes to the model
   * @throws StoreError for what the author of the line can't help: the store is locked, damaged, …
   */
  handle(line: string, author: ChatAuthor): Promise<ChatReply | undefined>;
}

/**
 * Makes the commands `/new`, `/reset`, `/session`, `/checkpoint`, `/history` and `/export-trajectory` for a bot. They know nothing of the chat but
 * lines and their authors.
 */
export function createChatCommands(manager: SessionManager, options: ChatCommandOptions = {}): ChatCommands {
  return {
    handle: async (line, author) => {
      const parsed = parseChatLine(line);
      if (parsed === undefined) return undefined;
      if (parsed.state === "wrong") return { ok: false, command: undefined, text: `Usage: ${parsed.usage}` };
      const { command } = parsed;
      const { name } = command;
      if (options.allow !== undefined && !(await options.allow(name, author)))
        return { ok: false, command: name, text: `You may not use /${name} here.` };
      try {
        return { ...(await chatReply(manager, command, { author, options })), command: name };
      } catch (error) {
        if (!isStoreError(error) || error.code !== "E_USAGE") throw error;
        return { ok: false, command: name, text: [error.message, error.hint ?? ""].join(" ").trim() };
      }
    },
  };
}
