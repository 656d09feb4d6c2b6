import type { RowKind, TranscriptOpener } from "@sessionsmith/core";

/** Which sessions to list, and how much to tell of each. Every filter that is given must hold. */
export interface ListQuery {
  /** Epoch ms that ages, activity and expiry are judged by. */
  readonly now: number;
  /** Rows to show, newest first. */
  readonly limit: number | "all";
  /** Rows to skip before the first one shown. */
  readonly offset: number;
  /** True if every agent was asked for: an agent without a directory is then an empty store, and the result is aggregated. */
  readonly allAgents: boolean;
  /** Only rows updated at or after `now - activeMs`; rows of unknown time are left out. */
  readonly activeMs?: number;
  /** Case-insensitive part of the key, the session id, the label, the display name or the subject. */
  readonly search?: string;
  /** The whole label. */
  readonly label?: string;
  /** The whole session key of the parent. */
  readonly spawnedBy?: string;
  /** Rows of any of these kinds; an empty list matches none. */
  readonly kinds?: readonly RowKind[];
  /** `expired`: a lease that ran out. Everything else is `active`. */
  readonly status?: "active" | "expired";
  /** The user of the lease. */
  readonly user?: string;
  readonly includeGlobal: boolean;
  readonly includeUnknown: boolean;
  /** Derive a title for every row shown; this may read the head of its transcript. */
  readonly titles: boolean;
  /** Derive OpenClaw's title as well, which knows no label; default false. */
  readonly derivedTitles?: boolean;
  /** Shows titles and last messages of encrypted transcripts to who has the key; `[encrypted]` without it. */
  readonly opener?: TranscriptOpener;
  /** Show the last message of every row shown; this reads the tail of its transcript. */
  readonly previews: boolean;
}
