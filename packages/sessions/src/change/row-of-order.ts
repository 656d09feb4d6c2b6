import {
  type IndexRow,
  type JsonObject,
  lastRowsByKey,
  parseRow,
  type RowFacts,
  StoreError,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { sessionNotFound } from "../find/require-session.ts";

/** A row that an order is about, parsed. */
export interface OrderedRow {
  readonly facts: RowFacts;
  readonly entry: JsonObject;
}

/**
 * The row of a session key in a store that is about to be changed; undefined if there is none.
 * @throws StoreError E_REFUSED for a row that is not understood: it stays byte for byte (docs/invariants.md I5)
 */
export function rowOfOrder(snapshot: StoreSnapshot, key: string): OrderedRow | undefined {
  const row = lastRowsByKey(snapshot.document).get(key);
  const facts = row === undefined ? undefined : snapshot.rows.find((one) => one.row === row);
  if (facts === undefined) return undefined;
  const entry = parseRow(snapshot.document, facts.row);
  if (entry === undefined) throw notUnderstood(facts.row, snapshot);
  return { facts, entry };
}

/** {@link rowOfOrder} of a row that is there. @throws StoreError E_NOT_FOUND if it is not */
export function requireRow(snapshot: StoreSnapshot, key: string): OrderedRow {
  const row = rowOfOrder(snapshot, key);
  if (row === undefined) throw sessionNotFound(key);
  return row;
}

/**
 * Holds back an order that takes the transcript of a session away, or changes it, while somebody works on it.
 * @throws StoreError E_LOCKED
 */
export function requireUnlocked({ facts }: OrderedRow, { target }: StoreSnapshot): void {
  if (!facts.locked) return;
  const { key } = facts.row;
  throw new StoreError(
    "E_LOCKED",
    `A process works on the transcript of ${JSON.stringify(key)}. Nothing was changed.`,
    { hint: "Wait until it has finished, and try again.", details: { path: target.indexPath, key } },
  );
}

/** A transcript that lies elsewhere is never touched: the sentence that says so, for a row that lets go of it. */
export function staysOutside({ facts }: OrderedRow): readonly string[] {
  const { transcript } = facts;
  return transcript.state === "outside"
    ? [`${transcript.path} lies outside the sessions directory, and stays there.`]
    : [];
}

function notUnderstood({ key }: IndexRow, { target }: StoreSnapshot): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The row ${JSON.stringify(key)} of ${target.indexPath} is not understood, and stays as it is.`,
    { hint: "`sessionsmith show` says why.", details: { path: target.indexPath, key } },
  );
}
