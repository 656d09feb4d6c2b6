import { type JsonObject, parseRow, type RowFacts, StoreError, type StoreSnapshot } from "@sessionsmith/core";
import type { SessionChange } from "@sessionsmith/core/store";
import type { RowTurn } from "../change/sessions-change.ts";

/**
 * The row of a session that is about to be changed.
 * @throws StoreError E_NOT_FOUND if the key has no row, or one of another session; E_REFUSED if it is not understood
 */
export function sessionFacts(
  { rows, target }: StoreSnapshot,
  { key, sessionId }: Pick<SessionChange, "key" | "sessionId">,
): RowFacts {
  const facts = rows.find(({ row }) => row.key === key);
  if (facts === undefined || facts.row.sessionId !== sessionId) throw noSession(target.indexPath, sessionId);
  if (facts.row.understood) return facts;
  throw new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} is not understood. Nothing was changed.`,
    {
      hint: "`sessionsmith check` says why.",
      details: { key },
    },
  );
}

/** The error for a session id that no row has. */
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

/** The parsed row. */
export function entryOf({ document }: StoreSnapshot, { row }: RowFacts): JsonObject {
  const entry = parseRow(document, row);
  if (entry === undefined) throw new Error("a row that is understood can't be parsed");
  return entry;
}

/** How a row becomes another one: fields with new values, and those that go. */
export function turnTo(
  before: JsonObject,
  after: JsonObject,
  turn: Pick<RowTurn, "ends" | "reason" | "transcriptsTo">,
): RowTurn {
  const wanted: JsonObject = JSON.parse(JSON.stringify(after));
  const cleared = Object.keys(before).filter((name) => !Object.hasOwn(wanted, name));
  return { action: "change", ...turn, fields: wanted, cleared };
}
