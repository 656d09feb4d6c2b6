import {
  checkPlanBalance,
  type FileDecision,
  fileIdentity,
  indexChangeOf,
  indexEdits,
  type JsonObject,
  parseRow,
  type Plan,
  planSchemaVersion,
  planStoreOf,
  type RowChange,
  type RowDecision,
  type RowFacts,
  rowSha256,
  sealPlan,
  type Step,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { type Departure, endedRecord, fileMoves, retireFilesOf } from "@sessionsmith/maintenance";
import type { RetiredFile, RowTurn, SessionsChange } from "./sessions-change.ts";

/**
 * Turns an order into a plan for one store: a decision on every row, a record of each session that ends, the transcripts that are
 * written, the rewrite of the index by field, and the files that leave with their rows. A file that another row, another index or a
 * fork needs stays, and the plan says why. Pure.
 *
 * A key of the change that the index does not hold, or whose row is not understood, is a mistake of the caller.
 */
export function composePlan(snapshot: StoreSnapshot, change: SessionsChange, createdAt: number): Plan {
  const { command, policy, now, turns, added = [], writes = [], dirs = [], retired = [] } = change;
  const kept = snapshot.rows.map((facts) => decide(facts, turns.get(facts.row.key), { snapshot, now }));
  const rows: readonly RowDecision[] = [
    ...kept,
    ...added.map(({ key, value, reason }): RowDecision => {
      const sessionId = typeof value["sessionId"] === "string" ? value["sessionId"] : undefined;
      return { key, sessionId, action: "add", reasons: [reason], ageMs: null };
    }),
  ];
  const leaving = retireFilesOf(snapshot, departures(turns));
  const files = [...leaving, ...retired.map(retiredDecision)];
  const steps: readonly Step[] = [
    ...recordsOf(snapshot, turns),
    ...dirs,
    ...writes.filter(({ phase }) => phase === "create"),
    ...writes.filter(({ phase }) => phase === "switch"),
    ...rewriteIndex(snapshot, kept, change),
    ...fileMoves(leaving, snapshot),
    ...retired.map(retiredMove),
  ];
  const part = { store: planStoreOf(snapshot), rows, files, steps, blockedBy: [] };
  const problems = checkPlanBalance(part);
  if (problems.length > 0)
    throw new Error(`${command} planned a part that does not add up: ${problems.join("; ")}`);
  return sealPlan({ schemaVersion: planSchemaVersion, command, createdAt, now, policy, parts: [part] });
}

function decide(
  { row, time }: RowFacts,
  turn: RowTurn | undefined,
  { snapshot, now }: { readonly snapshot: StoreSnapshot; readonly now: number },
): RowDecision {
  const { key, sessionId } = row;
  const ageMs = time.known ? now - time.atMs : null;
  if (turn === undefined) return { key, sessionId, action: "keep", reasons: ["not-asked-for"], ageMs };
  const decision = { key, sessionId, reasons: [turn.reason], ageMs };
  const entry = parseRow(snapshot.document, row);
  if (entry === undefined) throw new Error("a row to be changed is not understood");
  const identity = { rowSha256: rowSha256(snapshot.document, row) };
  if (turn.action === "delete") return { ...decision, action: "delete", ...identity };
  const change = changeOf(turn, entry);
  return change === undefined
    ? { ...decision, action: "keep" }
    : { ...decision, action: "keep", change, ...identity };
}

/** Only what differs is written: a field that has its new value already keeps its bytes. */
function changeOf(
  { fields = {}, cleared = [], transcriptsTo }: RowTurn,
  entry: JsonObject,
): RowChange | undefined {
  const differing = Object.entries(fields).filter(([name, value]) => !isSameValue(entry, name, value));
  const present = cleared.filter((name) => Object.hasOwn(entry, name));
  const change: RowChange = {
    ...(differing.length === 0 ? {} : { fields: Object.fromEntries(differing) }),
    ...(present.length === 0 ? {} : { cleared: present }),
    ...(transcriptsTo === undefined ? {} : { detached: true }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

function isSameValue(entry: JsonObject, name: string, value: unknown): boolean {
  return Object.hasOwn(entry, name) && JSON.stringify(entry[name]) === JSON.stringify(value);
}

function departures(turns: SessionsChange["turns"]): ReadonlyMap<string, Departure> {
  return new Map(
    [...turns].flatMap(([key, { reason, transcriptsTo }]): [string, Departure][] =>
      transcriptsTo === undefined ? [] : [[key, { reasons: [reason], transcriptsTo, pass: "row" }]],
    ),
  );
}

function recordsOf(snapshot: StoreSnapshot, turns: SessionsChange["turns"]): readonly Step[] {
  const records = snapshot.rows.flatMap(({ row }) => {
    const turn = turns.get(row.key);
    return turn?.ends === true ? [endedRecord(row, turn.reason, snapshot)] : [];
  });
  return records.length === 0 ? [] : [{ kind: "append-record", phase: "create", records }];
}

function retiredDecision({ name, fact, reason }: RetiredFile): FileDecision {
  return { name, action: "trash", reasons: [reason], size: fact.size };
}

function retiredMove({ name, fact, reason }: RetiredFile): Step {
  return {
    kind: "move-file",
    phase: "retire",
    from: name,
    to: { as: "trash" },
    expect: fileIdentity(fact),
    reason,
  };
}

function rewriteIndex(
  { document, target, fingerprint }: StoreSnapshot,
  rows: readonly RowDecision[],
  { added = [], requires = [] }: SessionsChange,
): readonly Step[] {
  const edits = indexEdits(document, { ...indexChangeOf(rows), insert: added });
  if (edits.length === 0) return [];
  const path = target.indexPath;
  const { size, sha256 } = fingerprint;
  const content = { source: "splice", path, size, sha256, edits } as const;
  const step = { kind: "write-index", phase: "switch", path, content } as const;
  return [requires.length === 0 ? step : { ...step, requires }];
}
