import { basename } from "node:path";
import { dirsAbove } from "../layout/dirs-above.ts";
import { fileIdentity } from "./file-identity.ts";
import type { FileDecision, RowDecision } from "./decision.ts";
import type { PlanPart, PlanStore } from "./plan.ts";
import type { AppendRecordStep, MakeDirStep, Step, StepPhase } from "./step.ts";
import { isMadeIndex, undoIndex } from "./undo-index.ts";
import type { RowConflict, UndoConflict, UndoInput } from "./undo-input.ts";
import { takenLabels } from "./taken-labels.ts";
import { rowsAsBefore, undoRows, type UndoRows } from "./undo-rows.ts";
import { type FileUndo, nameAfter, type RowPlans, type Staying, stayingSessions } from "./undo-sessions.ts";
import { type StepUndo, undoStep } from "./undo-step.ts";

/** How one part of an operation is taken back. */
export interface UndoPart {
  readonly part: PlanPart;
  /** What stays as it is: it is not as the operation left it, or belongs to a session that has gone on. */
  readonly conflicts: readonly UndoConflict[];
}

/**
 * Plans the way back: the index, then every file to where it was, but no session is torn apart: its row and its files go back
 * together, or stay. Pure. What the operator named for himself (an output file) and directories that still hold something stay; the
 * ledger gets a line that says that the sessions are back.
 */
export function planUndo(given: UndoInput, store: PlanStore): UndoPart {
  const input = given.only === "files" ? { ...given, index: undefined } : given;
  const { files, others } = undoneSteps(input);
  const { rows, staying } = settledRows(input, files);
  // A directory that was made goes after those that were made in it.
  const backs = [...files.map((file) => wayBack(file, staying)), ...others.toReversed()];
  const index = undoIndex(input, { rows, staying: staying.keys });
  const leaves = isMadeIndex(input) && staying.keys.size === 0 ? retireIndex(input) : undefined;
  const planned = [...backs, leaves].flatMap((back) => (back !== undefined && "step" in back ? [back] : []));
  const restoring = planned.flatMap(({ step }) => restoredOnly(step, staying));
  const steps = [...missingDirs(restoring, input), ...restoring];
  // Before the modes: the index that comes back has the mode of the one that it replaces.
  if (index.step !== undefined) steps.unshift(index.step);
  const restored = index.keys.map((key): RowDecision => ({
    key,
    sessionId: undefined,
    action: "restore",
    reasons: ["undo"],
    ageMs: null,
  }));
  const decisions = planned.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const part: PlanPart = { store, rows: restored, files: decisions, steps: inOrder(steps), blockedBy: [] };
  const conflicts = backs.flatMap((back) =>
    back !== undefined && "conflict" in back ? [back.conflict] : [],
  );
  return { part, conflicts: [...conflicts, ...index.conflicts, ...leftRows(rows, staying)] };
}

function undoneSteps(input: UndoInput): {
  readonly files: readonly FileUndo[];
  readonly others: readonly StepUndo[];
} {
  const files: FileUndo[] = [];
  const others: StepUndo[] = [];
  for (const [n, step] of input.steps.entries()) {
    if (step.kind === "move-file" || step.kind === "write-file")
      files.push({ step, back: undoStep(step, n, input) });
    else if (input.only !== "files") others.push(undoStep(step, n, input));
  }
  return { files, others };
}

/** What stays: with a row that would bring a label back which another one has got, its files stay, and perhaps further rows. */
function settledRows(
  input: UndoInput,
  files: readonly FileUndo[],
): { readonly rows: UndoRows | undefined; readonly staying: Staying } {
  let rows = undoRows(input);
  for (;;) {
    const staying = stayingSessions(files, rowPlans(input, rows), input.references);
    if (rows === undefined) return { rows, staying };
    const going = rows.changed.filter(({ key }) => !staying.keys.has(key));
    const taken = takenLabels(input, new Set(going.map(({ key }) => key)));
    if (taken.length === 0) return { rows, staying };
    const stays = new Set(taken.map(({ key }) => key));
    const changed = rows.changed.filter(({ key }) => !stays.has(key));
    rows = { changed, conflicts: [...rows.conflicts, ...taken] };
  }
}

function rowPlans(input: UndoInput, rows: UndoRows | undefined): RowPlans {
  const isAsBefore = rowsAsBefore(input);
  if (rows !== undefined) {
    const [going, staying] = [rows.changed, rows.conflicts].map((list) => list.map(({ key }) => key));
    return { going: going ?? [], staying: staying ?? [], asOne: false, isAsBefore };
  }
  const { present, before } = input.references;
  const all = [...new Set([...present.keys(), ...before.keys()])];
  const isUnwritten = input.present.sha256 === input.index?.after.sha256;
  return { going: isUnwritten ? all : [], staying: isUnwritten ? [] : all, asOne: true, isAsBefore };
}

function wayBack(file: FileUndo, staying: Staying): StepUndo {
  const { back, step } = file;
  if (back === undefined || "conflict" in back || !staying.files.has(file)) return back;
  return { conflict: { kind: "file", path: nameAfter(step), why: "session-stays" } };
}

/** Rows that would go back, if their transcripts did. */
function leftRows(rows: UndoRows | undefined, { keys }: Staying): readonly RowConflict[] {
  const left = rows?.changed.filter(({ key }) => keys.has(key)) ?? [];
  return left.map(({ key }) => ({ kind: "row", key, why: "transcript-stays" }));
}

/** The ledger is not told that a session is back which is not. */
function restoredOnly(step: Step, { keys }: Staying): readonly Step[] {
  if (step.kind !== "append-record") return [step];
  const records = step.records.filter(({ key }) => typeof key !== "string" || !keys.has(key));
  const told: AppendRecordStep = { ...step, records };
  return records.length === 0 ? [] : [told];
}

/** An index that was not there before goes to the trash of the undo. */
function retireIndex({
  indexPath,
  factOf,
}: UndoInput): { readonly step: Step; readonly file: FileDecision } | undefined {
  const name = basename(indexPath);
  const fact = factOf(name);
  if (fact === undefined) return undefined;
  const expect = fileIdentity(fact);
  return {
    step: { kind: "move-file", phase: "retire", from: name, to: { as: "trash" }, expect, reason: "undo" },
    file: { name, action: "trash", reasons: ["undo"], size: fact.size },
  };
}

/** Steps for the directories that files come back to and that are not there: another undo may have taken them away. */
function missingDirs(steps: readonly Step[], { factOf }: UndoInput): readonly MakeDirStep[] {
  const dirs = new Set(steps.flatMap((step) => dirsAbove(nameOfReturned(step) ?? "")));
  const missing = [...dirs].filter((dir) => factOf(dir) === undefined);
  return missing.map((name) => ({ kind: "make-dir", phase: "create", name, mode: 0o700 }));
}

function nameOfReturned(step: Step): string | undefined {
  if (step.kind === "move-file") return step.to.as === "name" ? step.to.name : undefined;
  return step.kind === "write-file" ? step.name : undefined;
}

function inOrder(steps: readonly Step[]): readonly Step[] {
  const order: readonly StepPhase[] = ["create", "switch", "retire"];
  return steps.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
}
