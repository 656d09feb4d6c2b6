import { parseSessionKey } from "./parse-session-key.ts";
import { splitKey } from "./split-key.ts";

/**
 * Tells a conversation with one person of some agent, in any of the key shapes that a DM scope makes: `direct:<peer>`,
 * `<channel>:direct:<peer>`, `<channel>:<account>:direct:<peer>`, with `dm` too, and peers that hold colons.
 * A thread or topic of such a conversation is none, nor is what a machine made (`cron:direct:…`).
 */
export function isDirectMessageKey(key: string): boolean {
  const parsed = parseSessionKey(key);
  if (parsed.form !== "direct" || parsed.dialect === "bare" || parsed.agentId === undefined) return false;
  return parsed.threadId === undefined && parsed.topicId === undefined;
}

/**
 * Tells the keys that `openclaw sessions cleanup --fix-dm-scope` 2026.5.28 takes for direct messages: the word `direct`
 * second to last, at most the third word after the agent. It takes `cron:direct:<x>` for one, and neither `dm` nor a
 * peer that holds a colon.
 */
export function isOpenClawDirectKey(key: string): boolean {
  const { shape, rest } = splitKey(key);
  return shape === "agent" && rest.length <= 4 && rest.at(-2) === "direct";
}
