import type { ParseKeyOptions } from "./parse-session-key.ts";
import { parseSessionKey } from "./parse-session-key.ts";
import type { SessionKey } from "./session-key.ts";

/** What a session is, told by its key alone. */
export const sessionKinds = [
  "main",
  "direct",
  "group",
  "channel",
  "thread",
  "cron",
  "cron-run",
  "subagent",
  "acp",
  "hook",
  "node",
  "heartbeat",
  "dashboard",
  "explicit",
  "global",
  "unknown",
] as const;

/** One of {@link sessionKinds}. `unknown` is OpenClaw's row of that name and every key of no known form. */
export type SessionKind = (typeof sessionKinds)[number];

/**
 * Tells the kind of a session by its key. What machines make (cron, sub-agent, ACP, hook, node, heartbeat) comes before
 * the thread that such a key may name; a thread or forum topic comes before the conversation that it hangs on.
 * A `room` is a channel.
 */
export function classifySessionKey(key: string, options: ParseKeyOptions = {}): SessionKind {
  return kindOfKey(parseSessionKey(key, options));
}

/** The same for a key that is taken apart already. */
export function kindOfKey(parsed: SessionKey): SessionKind {
  switch (parsed.form) {
    case "cron":
      return parsed.runId === undefined ? "cron" : "cron-run";
    case "subagent":
    case "acp":
    case "hook":
    case "node":
    case "heartbeat":
      return parsed.form;
    case "heartbeat-recovered":
      return "heartbeat";
    case "sentinel":
      return parsed.name;
    case "conversation":
      if (isThread(parsed)) return "thread";
      return parsed.word === "group" ? "group" : "channel";
    case "main":
    case "direct":
    case "dashboard":
    case "explicit":
    case "unknown":
    default:
      return isThread(parsed) ? "thread" : parsed.form;
  }
}

function isThread(parsed: SessionKey): boolean {
  return parsed.threadId !== undefined || parsed.topicId !== undefined;
}
