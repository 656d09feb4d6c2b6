import type { RowKind } from "../keys/row-kind.ts";

/** One rule of `session.maintenance.rules` in `sessionsmith.json5`. Of several, the first that matches a row decides on it. */
export interface RetentionRule {
  /** Everything that is given must hold. At least one is. */
  readonly match: RuleMatch;
  /** Takes the place of `pruneAfter` for the rows that match, be it shorter or longer. */
  readonly pruneAfterMs?: number;
  /** Rows that may match; the newest stay. */
  readonly maxEntries?: number;
  /** So many of the newest rows that match stay, whatever their age. */
  readonly keepNewest?: number;
  /** No limit takes a row that matches. */
  readonly pin?: true;
  /** What becomes of a row that is too old: it leaves (`full`), or it stays and its transcript goes into the archive. */
  readonly stage: "metadata" | "full";
}

/** What a rule looks at. */
export interface RuleMatch {
  /** A glob over the whole session key: `*` is any run of characters, `?` is one. */
  readonly key?: string;
  readonly kind?: RowKind;
  /** The channel, in lower case. */
  readonly channel?: string;
  /** Normalised agent id. */
  readonly agent?: string;
  /** The whole label. */
  readonly label?: string;
}
