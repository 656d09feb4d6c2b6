import type { FindingId } from "../findings/finding-catalogue.ts";
import type { JsonObject } from "../json-value.ts";
import type { LegacyMessage } from "./legacy-message.ts";

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
