import {
  type IndexRow,
  type JsonObject,
  normalizeAgentId,
  parseRow,
  type RowFacts,
} from "@sessionsmith/core";
import type { RepairStore } from "../repair-store.ts";
import { agentOfKey } from "./wanted-key.ts";

/** A row, and where it belongs. */
export interface KeyClaim {
  /** Index of its store among those of the repair. */
  readonly store: number;
  readonly facts: RowFacts;
  readonly entry: JsonObject;
  /** Index of the store in which it belongs. */
  readonly home: number;
  readonly key: string;
}

/** True for a row that is not where it belongs. */
export function isMisplaced({ store, home, facts, key }: KeyClaim): boolean {
  return store !== home || facts.row.key !== key;
}

/** Epoch ms of the last update of a row, 0 if it is unknown. */
export function freshnessOf({ facts: { time } }: Pick<KeyClaim, "facts">): number {
  return time.known ? time.atMs : 0;
}

/**
 * The rows of a store that may be changed: understood, in nobody's use, and of the agent that was asked for, if several share the index and
 * only one was.
 */
export function changeableRows({ snapshot }: RepairStore): readonly (readonly [RowFacts, JsonObject])[] {
  const { document, target, rows } = snapshot;
  const isMeant = ({ key }: IndexRow): boolean =>
    target.onlyAgentRows !== true || agentOfKey(key) === normalizeAgentId(target.agentId);
  return rows.flatMap((facts) => {
    const entry = facts.locked || !isMeant(facts.row) ? undefined : parseRow(document, facts.row);
    return entry === undefined ? [] : [[facts, entry] as const];
  });
}
