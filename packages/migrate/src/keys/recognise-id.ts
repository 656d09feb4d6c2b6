import { isAgentId } from "@sessionsmith/core";

/**
 * The key that a session id of openclaw-python tells by its form; undefined if it tells none.
 * `telegram-<chat>`, `<channel>-<chat>` and `<channel>:<chat>` are written by its channels, `<agent>-main` and `heartbeat-<agent>`
 * by its scheduler, `cli-…` by its command line, `cron:<job>` and `<agent>:cron:<job>` by scheduled jobs.
 * @param agentId the agent of sessions whose id names none
 */
export function recogniseId(id: string, agentId: string): string | undefined {
  if (id.startsWith("agent:")) return id;
  return cronKey(id, agentId) ?? channelKey(id, agentId) ?? ownKey(id, agentId);
}

function cronKey(id: string, agentId: string): string | undefined {
  const match = /^(?:([^:]+):)?cron:(.+)$/s.exec(id);
  const [, owner = agentId, job] = match ?? [];
  return job === undefined || !isAgentId(owner) ? undefined : `agent:${owner}:cron:${job}`;
}

/** Channels of openclaw-python, and what an id of a conversation there means. */
type ChatForm = (chat: string) => "direct" | "group" | "channel";

const chatForms: ReadonlyMap<string, ChatForm> = new Map<string, ChatForm>([
  ["telegram", (chat) => (chat.startsWith("-") ? "group" : "direct")],
  ["whatsapp", (chat) => (chat.endsWith("@g.us") ? "group" : "direct")],
  ["slack", (chat) => (chat.startsWith("D") ? "direct" : "channel")],
  ["discord", () => "channel"],
  ["msteams", () => "channel"],
  ["teams", () => "channel"],
  ["matrix", () => "channel"],
  ["mattermost", () => "channel"],
  ["googlechat", () => "channel"],
  ["signal", () => "direct"],
  ["imessage", () => "direct"],
  ["line", () => "direct"],
  ["nostr", () => "direct"],
  ["webchat", () => "direct"],
]);

function channelKey(id: string, agentId: string): string | undefined {
  const [, channel = "", chat = ""] = /^([a-z]+)[-:](.+)$/s.exec(id) ?? [];
  const formOf = chatForms.get(channel);
  return formOf === undefined ? undefined : `agent:${agentId}:${channel}:${formOf(chat)}:${chat}`;
}

function ownKey(id: string, agentId: string): string | undefined {
  const [, heartbeatOf] = /^heartbeat-(.+)$/s.exec(id) ?? [];
  if (heartbeatOf !== undefined && isAgentId(heartbeatOf)) return `agent:${heartbeatOf}:main:heartbeat`;
  const [, mainOf] = /^(.+)-main$/s.exec(id) ?? [];
  if (mainOf !== undefined && isAgentId(mainOf)) return `agent:${mainOf}:main`;
  return /^cli-(?:session|[0-9a-f]{8})$/.test(id) ? `agent:${agentId}:explicit:${id}` : undefined;
}
