import type { SplitKey } from "./split-key.ts";
import { splitKey } from "./split-key.ts";

/** Every word that makes a key a synthetic one; with `u`, what becomes such a word in lower case has its letters too. */
const syntheticWord = /subagent|acp|hook|node|cron|heartbeat/iu;

/**
 * Tells a row that a machine made: sub-agent, ACP, cron, hook, node or heartbeat. OpenClaw 2026.5.28 never protects one,
 * whatever else its key or row says. `heartbeat-recovered-<stamp>` is not one.
 */
export function isSyntheticKey(key: string): boolean {
  // Of all rows many are none, and are told by their letters: nothing need be cut for them.
  return syntheticWord.test(key) && isSynthetic(splitKey(key));
}

/**
 * Tells a key that alone makes OpenClaw 2026.5.28 protect a row from prune, cap and disk budget: it names a thread, a
 * Telegram topic, a group or a channel, and is not synthetic. (The row's `chatType` can protect it too.)
 */
export function isExternalConversationKey(key: string): boolean {
  const split = splitKey(key);
  return !isSynthetic(split) && (namesThread(split) || isTelegramTopic(split) || isGroupOrChannel(split));
}

/** Tells whether an id follows a `:thread:` of the key. */
export function hasThreadId(key: string): boolean {
  return namesThread(splitKey(key));
}

/** Tells `telegram:<group|channel|direct|dm>:<id>:topic:<topic>`. */
export function isTelegramTopicKey(key: string): boolean {
  return isTelegramTopic(splitKey(key));
}

/** Tells `<channel>:<group|channel>:<id>`. A `room`, and a group that names an account, is none for OpenClaw. */
export function isGroupOrChannelKey(key: string): boolean {
  return isGroupOrChannel(splitKey(key));
}

function isSynthetic({ shape, rest }: SplitKey): boolean {
  const head = rest[0];
  const hasId = rest.length > 1;
  if (hasId && (head === "subagent" || head === "acp" || head === "hook" || head === "node")) return true;
  // OpenClaw knows a cron key only if it names its agent.
  if (hasId && head === "cron" && shape === "agent") return true;
  for (let index = hasId ? 1 : 0; index < rest.length; index += 1)
    if (rest[index]?.toLowerCase() === "heartbeat") return true;
  return false;
}

function namesThread(split: SplitKey): boolean {
  const { shape, rest } = split;
  // The agent id counts: OpenClaw looks for the word anywhere but at the start and at the end of the key.
  if (shape === "agent" && isThreadWord(split.agentId)) return true;
  for (let index = shape === "agent" ? 0 : 1; index < rest.length - 1; index += 1)
    if (isThreadWord(rest[index])) return true;
  return false;
}

function isThreadWord(segment: string | undefined): boolean {
  return segment?.toLowerCase() === "thread";
}

function isTelegramTopic({ rest }: SplitKey): boolean {
  const channel = rest[0];
  const word = rest[1];
  const isConversation = word === "group" || word === "channel" || word === "direct" || word === "dm";
  return channel === "telegram" && isConversation && rest.length >= 5 && rest.at(-2) === "topic";
}

function isGroupOrChannel({ rest }: SplitKey): boolean {
  return rest.length > 2 && (rest[1] === "group" || rest[1] === "channel");
}
