import { type JsonObject, readEntryText } from "@sessionsmith/core";
import { freshness, type NextReset, type SessionClock } from "../freshness/freshness.ts";
import { sessionClock } from "../freshness/session-clock.ts";
import type { ResetPolicy } from "../freshness/reset-policy.ts";
import { isManagersRow, readExtension } from "./manager-extension.ts";
import type { Tally } from "./tally.ts";

/** A session as a program sees it. Times are epoch ms. */
export interface Session {
  readonly id: string;
  /** The session key: it stays when a reset gives it another id. */
  readonly key: string;
  /** Undefined where nobody said whose it is. */
  readonly userId: string | undefined;
  readonly channelId: string | undefined;
  /** When this session began, which is when it was made or last reset. */
  readonly createdAt: number;
  readonly messageCount: number;
  /** Of its last message; of a session without one its last change. */
  readonly lastActivityAt: number;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  /** Its messages are encrypted at rest, or will be. */
  readonly encrypted: boolean;
  /** When it gives way to a new one by itself; undefined: never. */
  readonly nextReset: NextReset | undefined;
}

/** A row, and what its transcript comes to. */
export interface CountedRow {
  readonly key: string;
  readonly entry: JsonObject;
  readonly tally: Tally;
}

/** Makes a session of a row. @param now epoch ms, for a row that tells no time */
export function sessionOf(
  { key, entry, tally, isEncrypted }: CountedRow & { readonly isEncrypted: boolean },
  policy: ResetPolicy,
  now: number,
): Session {
  const clock = clockOf({ entry, tally });
  const { userId, channelId } = readExtension(entry);
  return {
    id: readEntryText(entry, "sessionId") ?? "",
    key,
    userId,
    channelId,
    createdAt: clock.sessionStartedAt ?? clock.updatedAt ?? now,
    messageCount: tally.messages,
    lastActivityAt: clock.lastInteractionAt ?? clock.updatedAt ?? now,
    usage: { inputTokens: tally.inputTokens, outputTokens: tally.outputTokens },
    encrypted: isEncrypted,
    nextReset: freshness(clock, policy, now).next,
  };
}

/** What decides when a session is due for a reset; the row may not know its newest messages yet. */
export function clockOf({ entry, tally }: Omit<CountedRow, "key">): SessionClock {
  const clock = sessionClock(entry);
  const known = [clock.lastInteractionAt, tally.lastMessageAt ?? undefined].filter((at) => at !== undefined);
  return { ...clock, lastInteractionAt: known.length === 0 ? undefined : Math.max(...known) };
}

/** Tells whether a session is one of a user: what the row says, or that it is the one that the user is in now. */
export function isOfUser(
  { key, entry }: Omit<CountedRow, "tally">,
  user: { readonly userId: string; readonly key: string },
): boolean {
  return key === user.key || (isManagersRow(entry) && readExtension(entry).userId === user.userId);
}
