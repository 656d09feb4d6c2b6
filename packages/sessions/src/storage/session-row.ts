import { type JsonObject, StoreError, type StoreSnapshot } from "@sessionsmith/core";
import type { SessionChange } from "@sessionsmith/core/store";
import { type OrderedRow, rowOfOrder } from "../change/row-of-order.ts";
import type { RowTurn } from "../change/sessions-change.ts";

/**
 * The row of a session that is about to be changed.
 * @throws StoreError E_NOT_FOUND if the key has no row, or one of another session; E_REFUSED if it is not understood
 */
export function sessionRow(
  snapshot: StoreSnapshot,
  { key, sessionId }: Pick<SessionChange, "key" | "sessionId">,
): OrderedRow {
  const ordered = rowOfOrder(snapshot, key);
  if (ordered !== undefined && ordered.facts.row.sessionId === sessionId) return ordered;
  throw noSession(snapshot.target.indexPath, sessionId);
}

/** The error for a session id that no row has. @param path names the store */
export function noSession(path: string, sessionId: string): StoreError {
  return new StoreError(
    "E_NOT_FOUND",
    `No session of ${path} has the id ${sessionId}. Nothing was changed.`,
    {
      hint: "A session that was reset has a new id, and one that was removed has none.",
      details: { path, sessionId },
    },
  );
}

/** How a row becomes another one: fields with new values, and those that go. */
export function turnTo(
  before: JsonObject,
  after: JsonObject,
  turn: Pick<RowTurn, "ends" | "reason" | "transcriptsTo">,
): RowTurn {
  const cleared = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return { action: "change", ...turn, fields: after, cleared };
}
