import { splitKey } from "./split-key.ts";

/** The words of the column Kind of `openclaw sessions` (2026.5.28). */
export const coarseListKinds = ["global", "unknown", "cron", "spawn-child", "group", "direct"] as const;

/** One of {@link coarseListKinds}. */
export type CoarseListKind = (typeof coarseListKinds)[number];

/** The fields of a row that OpenClaw's word depends on. */
export interface CoarseKindFacts {
  /** `spawnedBy` of the row, if it is a string. */
  readonly spawnedBy?: string | undefined;
  /** `chatType` of the row, if it is a string. */
  readonly chatType?: string | undefined;
}

/**
 * The kind that `openclaw sessions` 2026.5.28 prints for a row: the first that holds, in the order of
 * {@link coarseListKinds}. Unlike `classifySessionKey` it compares the key as it stands, except for cron keys.
 */
export function coarseListKind(key: string, facts: CoarseKindFacts = {}): CoarseListKind {
  if (key === "global" || key === "unknown") return key;
  if (isCronKey(key)) return "cron";
  if (facts.spawnedBy !== undefined && facts.spawnedBy !== "") return "spawn-child";
  if (facts.chatType === "group" || facts.chatType === "channel") return "group";
  return key.includes(":group:") || key.includes(":channel:") ? "group" : "direct";
}

/** OpenClaw 2026.5.28 knows a cron key only if it names its agent. */
function isCronKey(key: string): boolean {
  const { shape, rest } = splitKey(key);
  return shape === "agent" && rest.length > 1 && rest[0] === "cron";
}
