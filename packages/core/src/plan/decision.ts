import type { JsonObject } from "../json-value.ts";

/**
 * Every word that a decision on a row may use: `keep` first, then the removals in the order in which cleanup tries them,
 * `move-store` for a row that a repair brings to another agent's store and `drop-alias` for one whose session another row has,
 * `restore` for an undo, and `add` for a row that a migration or a repair brings in.
 */
export const rowActions = [
  "keep",
  "prune-missing",
  "retire-dm-scope",
  "prune-expired",
  "prune-ghost",
  "prune-stale",
  "prune-model-run",
  "cap-overflow",
  "evict-budget",
  "move-store",
  "drop-alias",
  "restore",
  "add",
] as const;

/** What becomes of a row. */
export type RowAction = (typeof rowActions)[number];

/** The actions that take a row out of its index. */
export type RemovalAction = Exclude<RowAction, "keep" | "restore" | "add">;

/** How a row that stays is changed. All that is not named keeps its bytes. */
export interface RowChange {
  /** Its new session key. */
  readonly key?: string;
  /** New values of fields. */
  readonly fields?: JsonObject;
  /** Names of fields that go. */
  readonly cleared?: readonly string[];
  /** The row needs its files no longer: they are retired as if it left. */
  readonly detached?: true;
}

/** The decision on one row, with its reasons: why it goes, or why it stays. */
export interface RowDecision {
  readonly key: string;
  readonly sessionId: string | undefined;
  readonly action: RowAction;
  /** Stable words in the order in which they were found (`older-than-prune-after`, `protected:group`, `row-not-understood`). */
  readonly reasons: readonly string[];
  /** `now - updatedAt` in ms, or null if the time is unknown. Not part of the digest. */
  readonly ageMs: number | null;
  /** For a row that stays, but not as it is. */
  readonly change?: RowChange;
  /** The bytes of a row that leaves or changes: sha256 in lower-case hex over its member of the index. */
  readonly rowSha256?: string;
}

/** Where a file can go when it leaves: an archive beside the index (OpenClaw 2026.5.28 names), or the operation's trash. */
export const fileDestinations = ["archive-deleted", "archive-reset", "archive-backup", "trash"] as const;

/** Where a file goes when it leaves. */
export type FileDestination = (typeof fileDestinations)[number];

/**
 * What becomes of a file; `restore` gives it the name back that it had before an operation, `move-original` moves a file that a
 * migration read to where the originals are kept.
 */
export type FileAction = "keep" | "move-original" | "restore" | FileDestination;

/**
 * What asks for a file to leave: the row that it belongs to, its own age as an archive, that nothing references it,
 * or the disk budget.
 */
export const filePasses = ["row", "archive", "artifact", "budget"] as const;

/** What asks for a file to leave. */
export type FilePass = (typeof filePasses)[number];

/** The decision on one file. */
export interface FileDecision {
  /** Name inside the sessions directory, or the path of a prompt below it. */
  readonly name: string;
  readonly action: FileAction;
  readonly reasons: readonly string[];
  /** Bytes. */
  readonly size: number;
  /** The pass that looked at it; left out where the plan has no passes. */
  readonly pass?: FilePass;
}
