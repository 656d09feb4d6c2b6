import {
  parseSessionKey,
  protectSharedFiles,
  renamedReferences,
  type RowChange,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { changedMember } from "../changed-member.ts";
import { editRows } from "../edit-rows.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { changeableRows } from "./key-claim.ts";
import { retireStep } from "./move-session.ts";
import type { Settled } from "./settle-keys.ts";

interface Outcome {
  readonly stores: readonly RepairStore[];
  readonly settled: readonly Settled[];
  readonly request: RepairRequest;
  readonly unmended: readonly Unmended[];
}

/** Everything that is settled, as far as it concerns store `n`. */
export function carryOut(store: RepairStore, n: number, outcome: Outcome): RepairStore {
  const { stores, settled, request, unmended } = outcome;
  if (settled.length === 0) return { ...store, unmended: [...store.unmended, ...unmended] };
  const own = settled.filter(({ claim }) => claim.store === n);
  const arriving = settled.filter(
    ({ claim, key }) => claim.home === n && claim.store !== n && key !== undefined,
  );
  const moved = own.filter(({ claim, key }) => claim.home !== n && key !== undefined);
  const edits = [
    ...changesIn(store, n, settled),
    ...own.flatMap(leavingEdit),
    ...arriving.flatMap((one) => arrivingEdit(one, outcome)),
  ];
  const copies = arriving.flatMap(({ claim }) => claim.move?.steps ?? []);
  const retired = moved.length === 0 ? [] : retiredFiles(withProtection(store, request), moved);
  const changed = editRows(store, request, edits);
  return {
    ...changed,
    steps: [...changed.steps, ...copies, ...retired.map(([name, fact]) => retireStep(name, fact))],
    files: [
      ...changed.files,
      ...retired.map(
        ([name, { size }]) => ({ name, action: "trash", reasons: ["move-store"], size }) as const,
      ),
    ],
    mends: [...changed.mends, ...mendsOf(settled, n, stores), ...referenceMends(edits)],
    unmended: [...changed.unmended, ...unmended],
  };
}

const namesRenamed = ["names-renamed-key"];

/** Rows of the store that stay in it under another key, or name a session by a key that it has no longer. */
function changesIn(store: RepairStore, n: number, settled: readonly Settled[]): readonly RowEdit[] {
  const own = new Map(
    settled.flatMap((one) => (one.claim.store === n ? [[one.claim.facts.row.key, one] as const] : [])),
  );
  const newKeyOf = renamesSeenFrom(n, settled);
  return changeableRows(store).flatMap(([{ row }, entry]): readonly RowEdit[] => {
    const one = own.get(row.key);
    if (one !== undefined && (one.key === undefined || one.claim.home !== n)) return [];
    const fields = renamedReferences(entry, newKeyOf);
    const isNamed = Object.keys(fields).length > 0;
    if (one === undefined && !isNamed) return [];
    const isRenamed = one?.key !== undefined && one.key !== row.key;
    const change: RowChange = {
      ...(isRenamed ? { key: one.key } : {}),
      ...(isNamed ? { fields } : {}),
    };
    return [{ kind: "change", key: row.key, change, reasons: one?.reasons ?? namesRenamed }];
  });
}

/** A key that names its agent means the same in every store; any other one means a session of the store in which it stands. */
function renamesSeenFrom(n: number, settled: readonly Settled[]): (key: string) => string | undefined {
  const seen = settled.filter(
    ({ claim }) => claim.store === n || parseSessionKey(claim.facts.row.key).agentId !== undefined,
  );
  // What the store itself says of a key comes last, and counts.
  const ordered = seen.toSorted((a, b) => Number(a.claim.store === n) - Number(b.claim.store === n));
  const renames = new Map(ordered.map(({ claim }) => [claim.facts.row.key, claim.key]));
  return (key) => {
    const renamed = renames.get(key);
    return renamed === key ? undefined : renamed;
  };
}

function leavingEdit({ claim, key, reasons }: Settled): readonly RowEdit[] {
  if (key === undefined) return [{ kind: "drop-alias", key: claim.facts.row.key, reasons }];
  return claim.home === claim.store ? [] : [{ kind: "move-store", key: claim.facts.row.key, reasons }];
}

function arrivingEdit({ claim, key, reasons }: Settled, { stores, settled }: Outcome): readonly RowEdit[] {
  const source = stores[claim.store];
  if (source === undefined || key === undefined) return [];
  const { fields = {}, ...rest } = claim.move?.change ?? {};
  const references = renamedReferences(claim.entry, renamesSeenFrom(claim.store, settled));
  const change = { ...rest, key, fields: { ...fields, ...references } };
  const member = changedMember(source.snapshot.document, claim.facts.row, change);
  return [{ kind: "add", key, sessionId: claim.facts.row.sessionId, member, reasons }];
}

/** What rows of other indexes need stays; as long as one can't be read, everything may be needed. */
function withProtection(
  { snapshot }: RepairStore,
  { host, otherIndexPaths = [] }: RepairRequest,
): StoreSnapshot {
  return protectSharedFiles(host.fs, snapshot, otherIndexPaths);
}

/** Files of sessions that are moved, and that no row needs which stays. */
function retiredFiles(snapshot: StoreSnapshot, moved: readonly Settled[]) {
  const keys = new Set(moved.map(({ claim }) => claim.facts.row.key));
  const { rowsByFile, protectedElsewhere, unread } = snapshot.references;
  if (unread.length > 0) return [];
  const names = new Set(moved.flatMap(({ claim }) => claim.move?.names ?? []));
  return [...names].flatMap((name) => {
    const fact = snapshot.files.get(name)?.fact;
    const isFree =
      (rowsByFile.get(name) ?? []).every((key) => keys.has(key)) && !protectedElsewhere.has(name);
    return fact?.kind === "file" && fact.nlink === 1 && isFree ? [[name, fact] as const] : [];
  });
}

function mendsOf(settled: readonly Settled[], n: number, stores: readonly RepairStore[]): readonly Mend[] {
  return settled.flatMap(({ claim, key, reasons }): readonly Mend[] => {
    if (claim.home !== n) return [];
    const { row } = claim.facts;
    const id = row.sessionId === undefined ? {} : { sessionId: row.sessionId };
    if (key === undefined)
      return [{ domain: "keys", what: "alias-dropped", key: claim.key, ...id, from: row.key, reasons }];
    const isMoved = claim.store !== n;
    const from = isMoved ? `${stores[claim.store]?.target.agentId ?? ""}: ${row.key}` : row.key;
    return [{ domain: "keys", what: isMoved ? "row-moved" : "key-renamed", key, ...id, from, reasons }];
  });
}

function referenceMends(edits: readonly RowEdit[]): readonly Mend[] {
  const named = edits.filter(({ kind, reasons }) => kind === "change" && reasons === namesRenamed);
  return named.map(({ key, reasons }) => ({ domain: "keys", what: "reference-renamed", key, reasons }));
}
