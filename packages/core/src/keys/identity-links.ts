/** One person of `session.identityLinks`. */
export type IdentityLink = {
  /** Stands for the person in the keys of direct messages. */
  readonly name: string;
  /** Peers as `<channel>:<id>`, or an id alone, which counts on every channel. */
  readonly peers: readonly string[];
};

/** One end of a conversation with one person. */
export interface Peer {
  readonly channel: string | undefined;
  /** May hold colons. */
  readonly id: string;
}

/**
 * The first link that lists a peer, as OpenClaw 2026.5.28 looks it up: white space and case aside, by `<channel>:<id>` and by
 * the id alone. Undefined for a peer that no link lists.
 */
export function findIdentityLink(peer: Peer, links: readonly IdentityLink[]): IdentityLink | undefined {
  const id = fold(peer.id);
  const scoped = peer.channel === undefined ? id : `${fold(peer.channel)}:${id}`;
  return links.find(({ peers }) => peers.some((listed) => [id, scoped].includes(fold(listed))));
}

/** The link whose name a key shows in the place of a peer. */
export function findLinkNamed(name: string, links: readonly IdentityLink[]): IdentityLink | undefined {
  return links.find((link) => fold(link.name) === fold(name));
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
