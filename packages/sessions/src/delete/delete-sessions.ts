import { isOfKind, parseSessionKey, type RowKind, StoreError } from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { archivedPaths } from "../change/archived-paths.ts";
import { type Answered, type EndingFrame, endingFrame } from "../change/change-frame.ts";
import { type OrderedRow, requireUnlocked, rowOfOrder, staysOutside } from "../change/row-of-order.ts";
import { scanForChange } from "../change/scan-for-change.ts";
import type { RowTurn } from "../change/sessions-change.ts";
import type { StoreScope } from "../change/store-scope.ts";

/** Which rows are to leave. */
export interface DeleteOrder {
  /** Session keys as they stand in the index: one, or all the rows of a session id. */
  readonly keys: readonly string[];
  /** Whether the transcript goes into an archive beside the index (the default), into the trash, or stays where it is. */
  readonly transcript?: "archive" | "keep" | "trash";
  /** Leaves rows of other kinds where they are. */
  readonly ifKind?: RowKind;
}

/** What came of a deletion. */
export interface DeleteAnswer extends EndingFrame {
  readonly ok: true;
  /** The first key that was named. */
  readonly key: string;
  /** False if there was no such row, or only ones of another kind. */
  readonly deleted: boolean;
  /** Where the transcripts are now, absolute. */
  readonly archived: readonly string[];
  readonly removedKeys: readonly string[];
  /** Keys that were named and stay, because they are of another kind. */
  readonly keptKeys: readonly string[];
}

/**
 * Takes rows out of the index, and then their transcripts: never a row without its transcript kept. A file that another row or a
 * fork needs stays where it is. Each session leaves a record in the ledger. A key without a row is no error.
 * @throws StoreError E_REFUSED for the main session of an agent and for `global`, and for a row that is not understood; E_LOCKED
 * while a process works on a transcript; and as `applyChange` does
 */
export async function deleteSessions(
  scope: StoreScope,
  order: DeleteOrder,
  options: ChangeOptions = {},
): Promise<Answered<DeleteAnswer>> {
  const [key] = order.keys;
  if (key === undefined) throw new TypeError("a deletion of no key");
  for (const named of order.keys) requireDeletable(named, scope.settings);
  const applied = await applyChange(scope, () => settle(scope, order), options);
  const { removedKeys, keptKeys } = applied.about;
  return {
    answer: {
      ok: true,
      key,
      deleted: removedKeys.length > 0,
      archived: archivedPaths(applied),
      removedKeys,
      keptKeys,
      ...endingFrame(applied),
    },
    applied,
  };
}

interface Removal {
  readonly removedKeys: readonly string[];
  readonly keptKeys: readonly string[];
}

function settle(
  scope: StoreScope,
  { keys, transcript = "archive", ifKind }: DeleteOrder,
): SettledChange<Removal> {
  const now = scope.host.clock.now();
  const snapshot = scanForChange(scope, now);
  const { mainKey } = scope.settings;
  const present = keys.flatMap((key) => rowOfOrder(snapshot, key) ?? []);
  const isMeant = (row: OrderedRow): boolean => ifKind === undefined || isKind(row, ifKind, mainKey);
  const leaving = present.filter(isMeant);
  for (const row of leaving) requireUnlocked(row, snapshot);
  const turn: RowTurn = { action: "delete", reason: "delete", ends: true, ...destinations[transcript] };
  return {
    snapshot,
    change: {
      command: "delete",
      policy: { keys: [...keys], transcript, ifKind: ifKind ?? null },
      now,
      turns: new Map(keysOf(leaving).map((key) => [key, turn])),
    },
    besideGateway: true,
    stays: leaving.flatMap(staysOutside),
    about: { removedKeys: keysOf(leaving), keptKeys: keysOf(present.filter((row) => !isMeant(row))) },
  };
}

function keysOf(rows: readonly OrderedRow[]): readonly string[] {
  return rows.map(({ facts }) => facts.row.key);
}

const destinations = {
  archive: { transcriptsTo: "archive-deleted" },
  trash: { transcriptsTo: "trash" },
  keep: {},
} as const;

function isKind({ facts, entry }: OrderedRow, kind: RowKind, mainKey: string): boolean {
  return isOfKind({ key: facts.row.key, entry: () => entry }, new Set([kind]), mainKey);
}

/** @throws StoreError E_REFUSED for a session that every message of an agent, or of all, comes back to */
export function requireDeletable(key: string, { mainKey }: { readonly mainKey: string }): void {
  const { form, threadId, ...rest } = parseSessionKey(key, { mainKey });
  const isMain = form === "main" && threadId === undefined;
  if (!isMain && !(form === "sentinel" && "name" in rest && rest.name === "global")) return;
  throw new StoreError("E_REFUSED", `Cannot delete the main session (${key}). Nothing was changed.`, {
    hint: "`sessionsmith reset` begins it anew, and keeps its transcript in an archive.",
    details: { key },
  });
}
