import type { Sequence } from "../sequence.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import type { FileAction, FileDecision } from "./decision.ts";
import { editsRow } from "./index-change-of.ts";
import type { PlanPart } from "./plan.ts";
import type { MoveFileStep, StepPhase, WriteIndexStep } from "./step.ts";

/**
 * Checks that the decisions and the steps of one store tell the same story:
 * one decision a row and a file, no two rows that stay under one key, rows leave only through one rewrite of the index, each file that leaves has its move
 * and each move its decision, and the steps stand in the order create, switch, retire.
 *
 * @returns one sentence for each thing that does not add up; none for a sound part. A planner whose part has problems is broken.
 */
export function checkPlanBalance(part: PlanPart): readonly string[] {
  const rewrites = part.steps.filter((step) => step.kind === "write-index");
  const moves = part.steps.filter((step) => step.kind === "move-file");
  return [
    ...repeated(part.rows.map((row) => row.key)).map((key) => `two decisions on row ${JSON.stringify(key)}`),
    ...repeatedNewKeys(part).map((key) => `two rows under the key ${JSON.stringify(key)}`),
    ...repeated(part.files.map((file) => file.name)).map((name) => `two decisions on file ${name}`),
    ...repeated(moves.map((move) => move.from)).map((name) => `two moves of file ${name}`),
    ...checkRewrites(part, rewrites),
    ...checkMoves(part.files, moves),
    ...checkPhases(part.steps.map((step) => step.phase)),
  ];
}

/** Of the session keys of the index afterwards, for all that the decisions know, those that two rows have. */
function repeatedNewKeys({ rows }: PlanPart): readonly string[] {
  // Without a new key there is nothing to be said beyond what is said of the rows.
  if (rows.every(({ change }) => change?.key === undefined)) return [];
  return repeated(rows.flatMap(({ key, action, change }) => (action === "keep" ? [change?.key ?? key] : [])));
}

function checkRewrites(part: PlanPart, rewrites: readonly WriteIndexStep[]): string[] {
  const removed = part.rows.filter((row) => row.action !== "keep" && row.action !== "add").length;
  const changed = part.rows.filter((row) => editsRow(row.change)).length;
  const problems: string[] = [];
  if (rewrites.length > 1) problems.push("the index is rewritten twice");
  if (removed > 0 && rewrites.length === 0)
    problems.push(`${removed} rows leave, but the index is not rewritten`);
  if (changed > 0 && rewrites.length === 0)
    problems.push(`${changed} rows change, but the index is not rewritten`);
  for (const { path, content } of rewrites) {
    const { indexPath, index } = part.store;
    if (content.source !== "splice" || path !== indexPath || content.path !== indexPath) {
      problems.push("a rewrite of another file than the index");
      continue;
    }
    if (content.sha256 !== index.sha256 || content.size !== index.size)
      problems.push("a rewrite of another index content");
    if (!areSplices(content.edits, content.size)) problems.push("index edits that overlap or leave the file");
    if (removed > 0 && !content.edits.some((edit) => edit.remove > 0))
      problems.push("rows leave, but no byte does");
  }
  return problems;
}

function areSplices(edits: Iterable<SpliceEdit>, size: number): boolean {
  let free = 0;
  for (const edit of edits) {
    if (edit.at < free) return false;
    free = edit.at + edit.remove;
  }
  return free <= size;
}

function checkMoves(files: Sequence<FileDecision>, moves: readonly MoveFileStep[]): string[] {
  const moved = new Map<string, MoveFileStep>();
  for (const move of moves) moved.set(move.from, move);
  const leaving = new Set<string>();
  const problems: string[] = [];
  for (const file of files) {
    const move = moved.get(file.name);
    if (file.action !== "keep") leaving.add(file.name);
    if (actionOf(move) !== file.action) problems.push(`file ${file.name}: decision and move differ`);
    if (move !== undefined && move.expect.size !== file.size) problems.push(`file ${file.name}: two sizes`);
  }
  for (const name of moved.keys())
    if (!leaving.has(name)) problems.push(`file ${name} moves without a decision`);
  return problems;
}

function actionOf(move: MoveFileStep | undefined): FileAction {
  if (move === undefined) return "keep";
  if (move.to.as === "name") return "restore";
  if (move.to.as === "folder") return "move-original";
  return move.to.as === "trash" ? "trash" : archiveActions[move.to.reason];
}

const archiveActions = { deleted: "archive-deleted", reset: "archive-reset", bak: "archive-backup" } as const;

function checkPhases(phases: readonly StepPhase[]): string[] {
  const order: readonly StepPhase[] = ["create", "switch", "retire"];
  const ranks = phases.map((phase) => order.indexOf(phase));
  const ordered = ranks.every((rank, i) => i === 0 || rank >= (ranks[i - 1] ?? 0));
  return ordered ? [] : ["the steps are not in the order create, switch, retire"];
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}
