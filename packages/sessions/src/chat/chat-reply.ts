import type { SessionManager } from "../manager/session-manager.ts";
import type { Session } from "../manager/session-view.ts";
import type { ChatCommand } from "./chat-command.ts";
import { checkpointsText, count, sessionsText, sessionText, settingsText } from "./chat-texts.ts";
import type {
  ChatAuthor,
  ChatCommandOptions,
  ChatReply,
  TrajectoryHooks,
  TrajectoryRequest,
} from "./create-chat-commands.ts";

type Answer = Omit<ChatReply, "command">;

const mostSessions = 10;
const shortestId = 4;

/** Does what a command asks for, and says what was done. @throws StoreError E_USAGE for a value that is not allowed */
export async function chatReply(
  manager: SessionManager,
  command: ChatCommand,
  { author, options }: { readonly author: ChatAuthor; readonly options: ChatCommandOptions },
): Promise<Answer> {
  switch (command.name) {
    case "new":
    case "reset":
      return begin(manager, author, command.name);
    case "session":
      return withSession(manager, author, async (session) =>
        done(sessionText(session, await manager.getSettings())),
      );
    case "session list": {
      const sessions = await manager.listSessions(author);
      return done(sessionsText(sessions.slice(0, mostSessions), await manager.getSettings()));
    }
    case "session scope": {
      const { scope } = await manager.changeSettings({ scope: command.scope });
      return done(`Scope: ${scope}. It counts for new sessions; those that are there stay as they are.`);
    }
    case "session reset-time":
      return done(`Resets: ${settingsText(await manager.changeSettings({ dailyReset: command.time }))}.`);
    case "session idle-reset":
      return done(`Resets: ${settingsText(await manager.changeSettings({ idleReset: command.minutes }))}.`);
    case "checkpoint save":
    case "checkpoint list":
    case "checkpoint restore":
    case "checkpoint delete":
      return withSession(manager, author, async (session) => checkpointReply(manager, command, session));
    case "history":
      return withSession(manager, author, async ({ id }) =>
        done((await manager.getHistory(id, { format: "text" })) || "This session has no messages yet."),
      );
    case "export-trajectory":
      return withSession(manager, author, async (session) =>
        trajectoryReply(manager, { session, author, name: command.bundleName }, options.trajectory),
      );
    case "history export":
      return withSession(manager, author, async ({ id }) =>
        done(await manager.export(id, { format: "markdown" })),
      );
    case "history clear":
      return withSession(manager, author, async ({ id, messageCount }) => {
        await manager.clearHistory(id);
        return done(`Cleared ${count(messageCount, "message")}. The session goes on; a backup was kept.`);
      });
  }
}

async function trajectoryReply(
  manager: SessionManager,
  request: TrajectoryRequest,
  hooks: TrajectoryHooks | undefined,
): Promise<Answer> {
  if (hooks === undefined) return failed("Nobody here can approve that a conversation is written out.");
  if (!(await hooks.approve(request))) return failed("That was not approved.");
  if (hooks.write !== undefined) return done(`Written: ${await hooks.write(request)}`);
  const { workspaceDir } = hooks;
  const { session, name } = request;
  const { displayPath, eventCount } = await manager.exportTrajectory(session.id, {
    ...(workspaceDir === undefined ? {} : { workspaceDir }),
    ...(name === undefined ? {} : { name }),
  });
  return done(`Written: ${displayPath}, with ${count(eventCount, "event")}.`);
}

async function checkpointReply(
  manager: SessionManager,
  command: ChatCommand & { readonly name: `checkpoint ${string}` },
  { id: sessionId }: Session,
): Promise<Answer> {
  if (command.name === "checkpoint save") {
    const { id, name, messageCount } = await manager.saveCheckpoint({
      sessionId,
      name: command.checkpointName,
    });
    return done(`Saved ${count(messageCount, "message")} as checkpoint ${id} (${name}).`);
  }
  const checkpoints = await manager.listCheckpoints(sessionId);
  if (command.name === "checkpoint list")
    return done(checkpointsText(checkpoints, await manager.getSettings()));
  const { id: wanted } = command;
  const exact = checkpoints.filter(({ id }) => id === wanted);
  const found =
    exact.length > 0 || wanted.length < shortestId
      ? exact
      : checkpoints.filter(({ id }) => id.startsWith(wanted));
  const [only, second] = found;
  if (only === undefined)
    return failed("This session has no such checkpoint. `/checkpoint list` shows those that there are.");
  if (second !== undefined) return failed("Several checkpoints begin with that. Write more of the id.");
  if (command.name === "checkpoint delete") {
    await manager.deleteCheckpoint(only.id);
    return done(`Deleted checkpoint ${only.id} (${only.name}).`);
  }
  const { messageCount } = await manager.restoreCheckpoint(only.id);
  return done(
    `Restored checkpoint ${only.id} (${only.name}): ${count(messageCount, "message")}. What was there is kept as a backup.`,
  );
}

/** Where there is nothing to reset, a session begins all the same. */
async function begin(manager: SessionManager, author: ChatAuthor, reason: "new" | "reset"): Promise<Answer> {
  const present = await manager.findSession(author);
  if (present === undefined) return done(`New session ${(await manager.getOrCreateSession(author)).id}.`);
  const { id } = await manager.reset({ ...author, reason });
  return done(
    `New session ${id}. The former one, with ${count(present.messageCount, "message")}, is kept as an archive.`,
  );
}

async function withSession(
  manager: SessionManager,
  author: ChatAuthor,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const session = await manager.findSession(author);
  return session === undefined
    ? failed("There is no session yet; one begins with the first message.")
    : use(session);
}

function done(text: string): Answer {
  return { ok: true, text };
}

function failed(text: string): Answer {
  return { ok: false, text };
}
