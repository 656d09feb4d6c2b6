import {
  canonicalizeSessionKey,
  chatTypeOf,
  hasThreadId,
  isGroupOrChannelKey,
  isSyntheticKey,
  isTelegramTopicKey,
  parseSessionKey,
  readEntryObject,
} from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { transcriptWrittenAtMs, useOf } from "./in-use.ts";

/** Why a rule may not take a row, as a stable word of its decision. */
export type Protection =
  /** The operator named its key. */
  | "protected:active-key"
  /** Its key is that of a thread, a forum topic, or a group or channel. */
  | "protected:thread"
  | "protected:topic"
  | "protected:group"
  /** Its `chatType` (or that of its origin) is group, channel or thread. */
  | "protected:chat-type"
  /** The main session of an agent, the one session of scope global, a room. */
  | "protected:main"
  | "protected:global"
  | "protected:room"
  | "protected:unknown-age"
  /** It carries data of this product: a lease, a manager's session, an archived stage. */
  | "protected:managed"
  /** A process holds the lock of its transcript. */
  | "in-use:locked"
  /** Its status is running, and something happened within a day. */
  | "in-use:running"
  /** Its transcript was written after the row, within the minimum age. */
  | "in-use:written"
  /** Its `sessionFile` exists, outside the sessions directory. */
  | "transcript-outside"
  /** Its transcript could not be looked at, or is no regular file. */
  | "transcript-unknown";

/** What protection is judged by, beside the row. */
export interface ProtectionContext {
  readonly policy: CleanupPolicy;
  /** Epoch ms. */
  readonly now: number;
  readonly snapshot: StoreSnapshot;
  /** `policy.activeKeys` as they are spelled in this store. */
  readonly activeKeys: ReadonlySet<string>;
}

const sharedChatTypes: ReadonlySet<string | undefined> = new Set(["group", "channel", "thread"]);

/** Gathers what the protection of the rows of one store is judged by. */
export function protectionContext(
  snapshot: StoreSnapshot,
  policy: CleanupPolicy,
  now: number,
): ProtectionContext {
  const activeKeys = new Set(policy.activeKeys.map((key) => canonicalKey(key, snapshot, policy)));
  return { policy, now, snapshot, activeKeys };
}

/**
 * Why a row stays, judged without parsing it: by its key, its lock and the place of its transcript.
 * Undefined is no verdict yet: `protectionByEntry` has the last word.
 */
export function protectionByFacts(facts: RowFacts, context: ProtectionContext): Protection | undefined {
  const { policy, activeKeys, snapshot } = context;
  const { key } = facts.row;
  if (activeKeys.size > 0 && activeKeys.has(canonicalKey(key, snapshot, policy)))
    return "protected:active-key";
  if (facts.locked) return "in-use:locked";
  if (facts.transcript.state === "outside") return "transcript-outside";
  const isSafe = policy.preset === "safe";
  return conversationProtection(key) ?? (isSafe ? safeProtection(facts, context) : undefined);
}

/** Why a row stays, judged by its parsed value. */
export function protectionByEntry(
  facts: RowFacts,
  entry: JsonObject,
  context: ProtectionContext,
): Protection | undefined {
  const use = useOf(facts, entry, context);
  if (use !== undefined) return use;
  const isShared = sharedChatTypes.has(chatTypeOf(entry));
  if (isShared && !isSyntheticKey(facts.row.key)) return "protected:chat-type";
  if (context.policy.preset === "safe" && isManaged(entry)) return "protected:managed";
  return undefined;
}

function canonicalKey(key: string, { target }: StoreSnapshot, { keyRules }: CleanupPolicy): string {
  return canonicalizeSessionKey(key, { ...keyRules, agentId: target.agentId });
}

/** A key that stands for a conversation with several people, told as OpenClaw 2026.5.28 tells it. */
function conversationProtection(key: string): Protection | undefined {
  if (isSyntheticKey(key)) return undefined;
  if (hasThreadId(key)) return "protected:thread";
  if (isTelegramTopicKey(key)) return "protected:topic";
  return isGroupOrChannelKey(key) ? "protected:group" : undefined;
}

function safeProtection(facts: RowFacts, context: ProtectionContext): Protection | undefined {
  if (!facts.time.known) return "protected:unknown-age";
  if (facts.transcript.state === "unknown") return "transcript-unknown";
  const key = parseSessionKey(facts.row.key, context.policy.keyRules);
  if (key.form === "main") return "protected:main";
  if (key.form === "sentinel" && key.name === "global") return "protected:global";
  if (key.form === "conversation" && key.word === "room") return "protected:room";
  const writtenAtMs = transcriptWrittenAtMs(facts, context.snapshot);
  const isFresh = context.now - writtenAtMs < context.policy.minAgeMs;
  return isFresh && writtenAtMs > facts.time.atMs ? "in-use:written" : undefined;
}

function isManaged(entry: JsonObject): boolean {
  const extensions = readEntryObject(entry, "pluginExtensions");
  return extensions !== undefined && Object.hasOwn(extensions, "sessionsmith");
}
