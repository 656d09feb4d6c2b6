import type { Sequence } from "../sequence.ts";
import type { RowDecision } from "./decision.ts";

/** The new keys of rows that stay under another one, by the key that they have. */
export function renamesOf(rows: Sequence<RowDecision>): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ key, action, change }) =>
      action === "keep" && change?.key !== undefined ? [[key, change.key] as const] : [],
    ),
  );
}
