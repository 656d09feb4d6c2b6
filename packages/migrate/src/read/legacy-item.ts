import type { FindingId, JsonObject, LegacyMessage } from "@sessionsmith/core";

/** What a legacy file says, piece by piece, in the order of the file. */
export type LegacyItem =
  /** What the file says of its session, beside the messages. At most one, and the first if there is one. */
  | { readonly kind: "head"; readonly fields: JsonObject }
  | LegacyMessageItem
  /** A record that is no message; it is kept as it is. */
  | { readonly kind: "record"; readonly record: JsonObject }
  | { readonly kind: "trouble"; readonly trouble: LegacyTrouble };

/** A message, with the names that its dialect gives it. */
export interface LegacyMessageItem {
  readonly kind: "message";
  readonly message: LegacyMessage;
  readonly recordId: string | undefined;
  readonly parentId: string | undefined;
}

/** Something in a legacy file that is not as it should be. */
export interface LegacyTrouble {
  readonly id: FindingId;
  /** Byte offset from the start of the file. */
  readonly offset?: number;
  /** 1-based. */
  readonly line?: number;
  /** What is wrong, without content. */
  readonly problem?: string;
}

/** How the content of a legacy file is written, whatever dialect it belongs to. */
export type LegacyForm =
  /** One JSON object with a list `messages` (openclaw-python `agents/session.py`). */
  | "json"
  /** One record or message a line. */
  | "lines"
  /** `role: text` a line. */
  | "text"
  /** `{ts, cmd, val}` a line (bytesagain's other `session` script). */
  | "log"
  /** One session of a SQLite database (Clodds). */
  | "clodds";
