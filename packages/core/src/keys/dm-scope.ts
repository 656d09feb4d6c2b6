/** The ways in which direct messages are routed to session keys, from one shared session to the finest split. */
export const dmScopes = ["main", "per-peer", "per-channel-peer", "per-account-channel-peer"] as const;

/** The routing of direct messages to session keys (`session.dmScope` of OpenClaw 2026.5.28). */
export type DmScope = (typeof dmScopes)[number];
