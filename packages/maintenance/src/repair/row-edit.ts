import type { IndexRow, RowChange } from "@sessionsmith/core";

/** One change of a row. */
export type RowEdit =
  /** The row stays, with another key or other fields. */
  | {
      readonly kind: "change";
      readonly key: string;
      readonly change: RowChange;
      readonly reasons: readonly string[];
    }
  /** The row leaves: it goes to another store, or another row has its session. */
  | { readonly kind: "drop-alias" | "move-store"; readonly key: string; readonly reasons: readonly string[] }
  /** A row comes, with the bytes that it has elsewhere: key, colon and value. */
  | {
      readonly kind: "add";
      readonly key: string;
      readonly sessionId: string | undefined;
      readonly member: string;
      readonly reasons: readonly string[];
    }
  /** The row gets the bytes that it has elsewhere. */
  | {
      readonly kind: "replace";
      readonly key: string;
      readonly member: string;
      readonly reasons: readonly string[];
    }
  /** Of the rows that have this key, the others leave. */
  | {
      readonly kind: "settle";
      readonly key: string;
      readonly keep: IndexRow;
      readonly reasons: readonly string[];
    };

/** What became of a row on the way through all domains. */
export interface RowTrail {
  /** Why it is no longer in the index. */
  readonly left?: "drop-alias" | "move-store";
  /** The key that it has in the index on the disk; undefined for one that comes. */
  readonly formerKey: string | undefined;
  readonly sessionId: string | undefined;
  readonly reasons: readonly string[];
  readonly fields: Readonly<Record<string, NonNullable<RowChange["fields"]>[string]>>;
  readonly cleared: readonly string[];
}
