import { buildSessionKey, type DmScope, type SessionKeyParts, StoreError } from "@sessionsmith/core";
import { encodeKeySegment, escapeFirst } from "./encode-key-segment.ts";

/** Who talks, and where. */
export interface PeerAddress {
  /** Names the person. */
  readonly userId?: string;
  /** Names the channel: a bot, a chat platform, a room. */
  readonly channelId?: string;
  /** The channel's own address of the person; stands for `userId` where that is missing. */
  readonly peerId?: string;
  /** The account of the bot on the channel; `default` if absent. Only the scope per-account-channel-peer looks at it. */
  readonly accountId?: string;
}

/** How keys are made. */
export interface KeyPolicy {
  readonly agentId: string;
  readonly scope: DmScope;
}

const keyLimitBytes = 1024;

/**
 * The session key of a person: the agent's main session, or one a person, one a person and channel, or one a person, channel
 * and account. Two people never share a key but in scope main.
 * @throws StoreError E_USAGE if a name that the scope needs is missing or empty, or too long for a key
 */
export function managedKey({ agentId, scope }: KeyPolicy, address: PeerAddress): string {
  if (scope === "main") return keyOf({ scope, agentId });
  const peer = encodeKeySegment(required(address.userId ?? address.peerId, "userId"), "userId");
  if (scope === "per-peer") return keyOf({ scope, agentId, peer });
  const channel = encodeKeySegment(required(address.channelId, "channelId"), "channelId");
  if (scope === "per-channel-peer") return keyOf({ scope, agentId, peer, channel });
  const accountId = encodeKeySegment(address.accountId ?? "default", "accountId");
  return keyOf({ scope, agentId, peer, channel, accountId });
}

/** A name that is a word of the grammar, which would give the key another meaning, is written with its first letter escaped. */
function keyOf(parts: SessionKeyParts): string {
  const built = buildSessionKey(parts);
  const found = built.ok ? built : buildSessionKey(escapedParts(parts));
  if (!found.ok) throw new Error("escaped names that make no session key");
  if (found.key.length <= keyLimitBytes) return found.key;
  throw new StoreError("E_USAGE", "The names of user, channel and account are too long for a session key.", {
    hint: `A session key has at most ${keyLimitBytes} bytes.`,
  });
}

function escapedParts(parts: SessionKeyParts): SessionKeyParts {
  if (parts.scope === "per-peer") return { ...parts, peer: escapeFirst(parts.peer) };
  if (parts.scope === "per-channel-peer")
    return { ...parts, peer: escapeFirst(parts.peer), channel: escapeFirst(parts.channel) };
  if (parts.scope !== "per-account-channel-peer") return parts;
  const { peer, channel, accountId } = parts;
  return {
    ...parts,
    peer: escapeFirst(peer),
    channel: escapeFirst(channel),
    accountId: escapeFirst(accountId),
  };
}

function required(text: string | undefined, what: string): string {
  if (text !== undefined) return text;
  throw new StoreError("E_USAGE", `${what} is missing.`, {
    hint: "The scope of the sessions needs it: see the session manager's option scope.",
  });
}
