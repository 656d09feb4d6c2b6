import {
  buildSessionKey,
  findIdentityLink,
  findLinkNamed,
  isDirectMessageKey,
  parseSessionKey,
} from "@sessionsmith/core";
import type { DirectParts, IdentityLink, JsonObject } from "@sessionsmith/core";
import type { DmRouting } from "../dm-routing.ts";
import { isBoundElsewhere } from "../dm-routing.ts";
import { readDeliveryFacts } from "./delivery-facts.ts";
import type { DeliveryFacts } from "./delivery-facts.ts";

/** Where the present DM scope puts the session of a direct message. */
export interface DirectPlace {
  /** The key that the scope makes of channel, account and peer. */
  readonly target: string;
  /** Equal for two rows only if they are known to be of one person; undefined if nobody can tell whose the row is. */
  readonly person: string | undefined;
  /** The peer as `<channel>:<id>`, or the id alone if no channel is known. */
  readonly peer: string;
}

/** Why a row of a direct message has no place. */
export type Unplaced =
  | "bound-by-route"
  /** The key does not say it, and the row does not either. */
  | "channel-unknown"
  | "account-unknown"
  /** The key does not say it, and the row says two things; or the new key would not say it, and the row says another thing. */
  | "channel-ambiguous"
  | "account-ambiguous"
  /** The parts make a key of another meaning. */
  | "no-key-possible";

/**
 * Finds the key that `session.dmScope` makes for a direct message; undefined for a key that is none. What the key shows counts;
 * what it lacks comes from the row itself, and only if all that the row says of it agrees.
 */
export function placeDirectRow(
  key: string,
  entry: JsonObject,
  routing: DmRouting,
): DirectPlace | Unplaced | undefined {
  const parsed = parseSessionKey(key);
  if (parsed.form !== "direct" || !isDirectMessageKey(key) || parsed.agentId === undefined) return undefined;
  if (isBoundElsewhere(key, routing)) return "bound-by-route";
  const facts = readDeliveryFacts(entry);
  // A key without the channel would leave only what the row says, and that of another channel is another person.
  if (routing.scope === "per-peer" && isContradicted(parsed.channel, facts)) return "channel-ambiguous";
  const channel = parsed.channel ?? only(facts.channels);
  const accountId = parsed.accountId ?? only(facts.accountIds);
  const parts = partsOf({ agentId: parsed.agentId, channel, accountId, peer: parsed.peer }, routing);
  if (parts === "channel") return facts.channels.size > 1 ? "channel-ambiguous" : "channel-unknown";
  if (parts === "account") return facts.accountIds.size > 1 ? "account-ambiguous" : "account-unknown";
  const built = buildSessionKey(parts);
  if (!built.ok) return "no-key-possible";
  const end = { channel, id: parsed.peer };
  return {
    target: built.key,
    person: personOf(end, facts, routing.identityLinks),
    peer: peerText(end),
  };
}

interface End {
  readonly channel: string | undefined;
  readonly id: string;
}

/** The parts of the key under the present scope, or the one that is lacking. */
function partsOf(
  known: {
    readonly agentId: string;
    readonly channel: string | undefined;
    readonly accountId: string | undefined;
    readonly peer: string;
  },
  { scope, identityLinks }: DmRouting,
): DirectParts | "account" | "channel" {
  const { agentId, channel, accountId } = known;
  const peer = linkOf({ channel, id: known.peer }, identityLinks)?.name ?? known.peer;
  if (scope === "main") throw new Error("there are no keys of single peers under the scope main");
  if (scope === "per-peer") return { scope, agentId, peer };
  if (channel === undefined) return "channel";
  if (scope === "per-channel-peer") return { scope, agentId, channel, peer };
  return accountId === undefined ? "account" : { scope, agentId, channel, accountId, peer };
}

/** A key that shows the name of a link was made by it. */
function linkOf(end: End, links: readonly IdentityLink[]): IdentityLink | undefined {
  return findLinkNamed(end.id, links) ?? findIdentityLink(end, links);
}

/**
 * The person of a link, or else the peer on its channel. A peer may be called like a link by accident, so the row itself must show
 * that it is of one of the link's peers.
 */
function personOf(end: End, facts: DeliveryFacts, links: readonly IdentityLink[]): string | undefined {
  const named = findLinkNamed(end.id, links);
  if (named !== undefined) {
    const { channel } = end;
    const shown = [...facts.ends].flatMap((text) => idsIn(text, channel));
    return shown.some((id) => findIdentityLink({ channel, id }, [named]) !== undefined)
      ? `link ${named.name.toLowerCase()}`
      : undefined;
  }
  const link = findIdentityLink(end, links);
  if (link !== undefined) return `link ${link.name.toLowerCase()}`;
  return end.channel === undefined ? undefined : `peer ${peerText(end)}`;
}

/** The id in `telegram:123` and `user:123`, and the text itself. */
function idsIn(text: string, channel: string | undefined): readonly string[] {
  const colon = text.indexOf(":");
  const isPrefixed = ["user", "direct", "dm", channel].includes(text.slice(0, Math.max(colon, 0)));
  return isPrefixed ? [text, text.slice(colon + 1)] : [text];
}

function peerText({ channel, id }: End): string {
  return channel === undefined ? id : `${channel}:${id}`;
}

function isContradicted(channel: string | undefined, { channels }: DeliveryFacts): boolean {
  return channel !== undefined && [...channels].some((said) => said !== channel.toLowerCase());
}

function only(texts: ReadonlySet<string>): string | undefined {
  const [text, another] = texts;
  return another === undefined ? text : undefined;
}
