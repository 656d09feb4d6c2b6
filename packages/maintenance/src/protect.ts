import {
  canonicalizeSessionKey,
  chatTypeOf,
  commonSessionOf,
  foldSessionKey,
  hasThreadId,
  isGroupOrChannelKey,
  isManagedEntry,
  isSyntheticKey,
  isTelegramTopicKey,
  leaseStatus,
  readLease,
} from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { isRunning } from "./is-running.ts";
import { isOnlyMarked } from "./stage-mark.ts";

/** Why a rule may not take a row, as a stable word of its decision. */
export type Protection =
  /** The operator named its key. */
  | "protected:active-key"
  /** A retention rule pins it, or keeps it as one of its newest. */
  | "protected:pinned"
  | "protected:keep-newest"
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
  /** Its last update lies more than a day in the future. */
  | "protected:future"
  /** It carries data of this product: a lease, a manager's session, an archived stage. */
  | "protected:managed"
  /** Its lease has not run out. */
  | "in-use:leased"
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
  /** `policy.activeKeys` as the rows of this store are compared with them. */
  readonly activeKeys: ReadonlySet<string>;
  /** Epoch ns from which on a transcript was written within the minimum age. */
  readonly freshFromNs: bigint;
}

/** How far in the future a time may lie before it is called odd: a day. */
export const futureToleranceMs = 86_400_000;
const nsPerMs = 1_000_000n;
const sharedChatTypes: ReadonlySet<string | undefined> = new Set(["group", "channel", "thread"]);

/** Gathers what the protection of the rows of one store is judged by. */
export function protectionContext(
  snapshot: StoreSnapshot,
  policy: CleanupPolicy,
  now: number,
): ProtectionContext {
  const isSafe = policy.preset === "safe";
  const activeKeys = new Set(
    policy.activeKeys.map((key) => (isSafe ? canonicalKey(key, snapshot, policy) : foldSessionKey(key))),
  );
  // Transcripts are dated to whole milliseconds.
  const freshFromNs = BigInt(Math.floor(now - policy.minAgeMs) + 1) * nsPerMs;
  return { policy, now, snapshot, activeKeys, freshFromNs };
}

/**
 * Whether the operator named the key of a row: in any spelling under `safe`. OpenClaw 2026.5.28 folds the case of the active key
 * and looks for a row that is spelled so.
 */
export function activeKeyProtection(
  { row: { key } }: RowFacts,
  { activeKeys, policy, snapshot }: ProtectionContext,
): Protection | undefined {
  if (activeKeys.size === 0) return undefined;
  const spelling = policy.preset === "safe" ? canonicalKey(key, snapshot, policy) : key;
  return activeKeys.has(spelling) ? "protected:active-key" : undefined;
}

/** What a row is, as far as that keeps it: judged by its key and its time, and then by its parsed value. */
export function natureProtection(
  facts: RowFacts,
  entryOf: () => JsonObject,
  context: ProtectionContext,
): Protection | undefined {
  const { key } = facts.row;
  const isSafe = context.policy.preset === "safe";
  const byKey = conversationProtection(key) ?? (isSafe ? safeProtection(facts, context) : undefined);
  if (byKey !== undefined) return byKey;
  const entry = entryOf();
  if (isShared(entry) && !isSyntheticKey(key)) return "protected:chat-type";
  const isManaged = isSafe && isManagedEntry(entry) && readLease(entry) === undefined;
  return isManaged && !wasGoneOnWith(facts, entry) ? "protected:managed" : undefined;
}

/**
 * What goes on with a row, as far as that keeps it: its lock, the place of its transcript, its status, its lease. It keeps the
 * row under every preset and from every order (docs/invariants.md I9), but for what only `safe` looks at.
 */
export function useProtection(
  facts: RowFacts,
  entryOf: () => JsonObject,
  context: ProtectionContext,
): Protection | undefined {
  if (facts.locked) return "in-use:locked";
  if (facts.transcript.state === "outside") return "transcript-outside";
  if (context.policy.preset === "safe") {
    if (facts.transcript.state === "unknown") return "transcript-unknown";
    if (wasJustWritten(facts, context)) return "in-use:written";
  }
  const entry = entryOf();
  if (isRunning(facts, entry, context)) return "in-use:running";
  const lease = readLease(entry);
  return lease !== undefined && leaseStatus(lease, context.now) === "active" ? "in-use:leased" : undefined;
}

/** The transcript of a row that stayed as metadata only is in the archive; if there is one, somebody went on with the session. */
function wasGoneOnWith({ transcript }: RowFacts, entry: JsonObject): boolean {
  return transcript.state === "present" && isOnlyMarked(entry);
}

function canonicalKey(key: string, { target }: StoreSnapshot, { keyRules }: CleanupPolicy): string {
  return canonicalizeSessionKey(key, { ...keyRules, agentId: target.agentId });
}

/** A chat type counts in any case, as in OpenClaw 2026.5.28. */
function isShared(entry: JsonObject): boolean {
  return sharedChatTypes.has(chatTypeOf(entry)?.trim().toLowerCase());
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
  if (facts.time.atMs > context.now + futureToleranceMs) return "protected:future";
  const common = commonSessionOf(facts.row.key, context.policy.keyRules);
  return common === undefined ? undefined : `protected:${common}`;
}

/** True if its transcript was written within the minimum age, and after the row. */
function wasJustWritten(facts: RowFacts, context: ProtectionContext): boolean {
  const mtimeNs = transcriptMtimeNs(facts, context);
  if (mtimeNs === undefined || mtimeNs < context.freshFromNs) return false;
  return !facts.time.known || Number(mtimeNs / nsPerMs) > facts.time.atMs;
}

/** Epoch ns; undefined if the row has no transcript here. */
function transcriptMtimeNs({ transcript }: RowFacts, { snapshot }: ProtectionContext): bigint | undefined {
  return transcript.state === "present" ? snapshot.files.get(transcript.name)?.fact.mtimeNs : undefined;
}
