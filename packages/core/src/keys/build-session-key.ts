import { normalizeAgentId } from "./agent-id.ts";
import { normalizeMainKey, parseSessionKey } from "./parse-session-key.ts";
import type { SessionKey } from "./session-key.ts";

/** The parts of a key, by the scope that it belongs to. Case is folded and the agent id normalised. */
export type SessionKeyParts = MainParts | DirectParts | ConversationParts;

/** The shared session of an agent, or a thread that hangs on it. */
export interface MainParts {
  readonly scope: "main";
  readonly agentId: string;
  /** `session.mainKey`; `main` if absent. */
  readonly mainKey?: string | undefined;
  readonly threadId?: string | undefined;
}

/** A conversation with one person, under one of the DM scopes that keep people apart. */
export type DirectParts = {
  readonly agentId: string;
  /** May hold colons (`@ann:example.org`). */
  readonly peer: string;
  readonly threadId?: string | undefined;
} & (
  | { readonly scope: "per-peer" }
  | { readonly scope: "per-channel-peer"; readonly channel: string }
  | { readonly scope: "per-account-channel-peer"; readonly channel: string; readonly accountId: string }
);

/** A conversation with several people. */
export interface ConversationParts {
  readonly scope: "group" | "channel";
  readonly agentId: string;
  readonly channel: string;
  /** May hold colons (`!hall:example.org`). */
  readonly id: string;
  readonly threadId?: string | undefined;
  /** Only Telegram has topics. */
  readonly topicId?: string | undefined;
}

/** The key, or why these parts make none (without their values). */
export type BuiltSessionKey =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Puts a canonical session key together (OpenClaw 2026.5.28 store format). It never makes a key that would be read as
 * another conversation: what is built is parsed again, and parts that do not come back are a failure.
 */
export function buildSessionKey(parts: SessionKeyParts): BuiltSessionKey {
  const mainKey = parts.scope === "main" ? normalizeMainKey(parts.mainKey) : undefined;
  const reading = readParts(parts);
  const rest =
    mainKey ?? [reading.channel, reading.accountId, reading.word, reading.id].filter(isDefined).join(":");
  const topic = reading.topicId === undefined ? "" : `:topic:${reading.topicId}`;
  const thread = reading.threadId === undefined ? "" : `:thread:${reading.threadId}`;
  const agentId = normalizeAgentId(parts.agentId);
  const parsed = parseSessionKey(`agent:${agentId}:${rest}${topic}${thread}`, { mainKey });
  if (parsed.agentId !== agentId || !isSameReading(readKey(parsed), reading)) {
    return {
      ok: false,
      problem: "a part of the key is empty, or holds a word that gives the key another meaning",
    };
  }
  return { ok: true, key: `agent:${agentId}:${parsed.rest}` };
}

/** The parts by which two keys of one agent are the same conversation. */
interface Reading {
  readonly word: string;
  readonly channel?: string | undefined;
  readonly accountId?: string | undefined;
  readonly id?: string | undefined;
  readonly threadId: string | undefined;
  readonly topicId?: string | undefined;
}

function readParts(parts: SessionKeyParts): Reading {
  const { threadId } = parts;
  if (parts.scope === "main") return { word: "main", threadId };
  if ("id" in parts) {
    return { word: parts.scope, channel: parts.channel, id: parts.id, threadId, topicId: parts.topicId };
  }
  const channel = parts.scope === "per-peer" ? undefined : parts.channel;
  const accountId = parts.scope === "per-account-channel-peer" ? parts.accountId : undefined;
  return { word: "direct", channel, accountId, id: parts.peer, threadId };
}

function readKey(parsed: SessionKey): Reading {
  if (parsed.form === "direct") return { ...parsed, word: parsed.dialect, id: parsed.peer };
  return parsed.form === "conversation" ? parsed : { ...parsed, word: parsed.form };
}

function isSameReading(one: Reading, other: Reading): boolean {
  return (
    one.word === other.word &&
    isSameText(one.channel, other.channel) &&
    isSameText(one.accountId, other.accountId) &&
    isSameText(one.id, other.id) &&
    isSameText(one.threadId, other.threadId) &&
    isSameText(one.topicId, other.topicId)
  );
}

/** Case aside. Lower and then upper case, because the lower case of a Greek sigma depends on what follows it. */
function isSameText(one: string | undefined, other: string | undefined): boolean {
  return one?.trim().toLowerCase().toUpperCase() === other?.trim().toLowerCase().toUpperCase();
}

function isDefined(value: string | undefined): value is string {
  return value !== undefined;
}
