import type { IndexDocument } from "../session-index/index-document.ts";
import { indexEdits } from "../session-index/index-edits.ts";
import type { RowFacts } from "../snapshot/row-facts.ts";
import type { StoreFile } from "../snapshot/store-file.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { referencedKeys } from "../model/key-references.ts";
import { parseRow } from "../session-index/parse-row.ts";
import { StoreError } from "../store-error.ts";
import type { RowDecision } from "./decision.ts";
import { hasIdentity } from "./file-identity.ts";
import { indexChangeOf } from "./index-change-of.ts";
import { sealPlan } from "./plan-digest.ts";
import { planStoreOf } from "./plan-store-of.ts";
import type { Plan, PlanPart } from "./plan.ts";
import { renamesOf } from "./renames-of.ts";
import { rowSha256 } from "./row-sha256.ts";
import type { Step } from "./step.ts";

/**
 * Carries a saved plan over to the stores as they are now: it removes and changes exactly the rows and moves exactly the
 * files that it was made for. Rows that came since stay; on a store that did not change, the result is the same plan. Pure.
 *
 * @param snapshots one a part, in the same order, with all that protects the files of the plan
 * @throws StoreError E_STALE_PLAN if a row that it removes or changes is not byte for byte what it was, if another row has by now the key
 * that it gives to one, or names the key that it takes from one, or if a file that it moves is another one, or is needed now by a row that
 * stays (docs/invariants.md I6)
 */
export function rebasePlan(plan: Plan, snapshots: readonly StoreSnapshot[]): Plan {
  const parts = plan.parts.map((part, n) => {
    const snapshot = snapshots[n];
    if (snapshot === undefined) throw new Error(`no snapshot for part ${n} of the plan`);
    return rebasePart(part, plan.now, snapshot);
  });
  return sealPlan({ ...plan, parts });
}

function rebasePart(part: PlanPart, now: number, snapshot: StoreSnapshot): PlanPart {
  requireUnchanged(part, snapshot);
  const decisions = new Map(part.rows.map((decision) => [decision.key, decision]));
  const rows = snapshot.rows.map((facts) => decisions.get(facts.row.key) ?? keepNewRow(facts, now));
  return {
    ...part,
    store: planStoreOf(snapshot),
    rows,
    steps: part.steps.map((step) => rebaseStep(step, rows, snapshot.document)),
  };
}

function keepNewRow({ row, time }: RowFacts, now: number): RowDecision {
  const ageMs = time.known ? now - time.atMs : null;
  const { key, sessionId } = row;
  return { key, sessionId, action: "keep", reasons: ["added-after-plan"], ageMs };
}

function rebaseStep(step: Step, rows: readonly RowDecision[], document: IndexDocument): Step {
  if (step.kind !== "write-index") return step;
  const { bytes, sha256 } = document;
  const edits = indexEdits(document, indexChangeOf(rows) ?? {});
  return { ...step, content: { source: "splice", path: step.path, size: bytes.length, sha256, edits } };
}

function requireUnchanged(part: PlanPart, snapshot: StoreSnapshot): void {
  const present = new Map(snapshot.rows.map((facts) => [facts.row.key, facts]));
  const touched = part.rows.filter(({ action, change }) => action !== "keep" || change !== undefined);
  const keys = touched
    .filter((decision) => !isSameRow(decision, present.get(decision.key), snapshot.document))
    .map(({ key }) => key);
  const letsGo = touched.filter(({ action, change }) => action !== "keep" || change?.detached === true);
  const leaving = new Set(letsGo.map(({ key }) => key));
  keys.push(...inTheWay(part, leaving, snapshot));
  const moves = part.steps.filter((step) => step.kind === "move-file");
  const files = moves
    .filter(({ from, expect }) => {
      const file = snapshot.files.get(from);
      return file === undefined || !hasIdentity(file.fact, expect) || !mayLeave(file, leaving, snapshot);
    })
    .map(({ from }) => from);
  if (keys.length + files.length > 0) throw changedSince(part.store.indexPath, keys, files);
}

function isSameRow(decision: RowDecision, facts: RowFacts | undefined, document: IndexDocument): boolean {
  if (facts === undefined || !facts.row.understood || facts.locked) return false;
  return decision.rowSha256 === rowSha256(document, facts.row);
}

/** Rows that stay as they are, but under a key that a renamed row gets, or with the name that it loses. */
function inTheWay(
  part: PlanPart,
  leaving: ReadonlySet<string>,
  { rows, document }: StoreSnapshot,
): readonly string[] {
  const renames = renamesOf(part.rows);
  if (renames.size === 0) return [];
  const taken = new Set(renames.values());
  const changed = new Set(part.rows.filter(({ change }) => change !== undefined).map(({ key }) => key));
  const others = rows.filter(({ row }) => !leaving.has(row.key) && !changed.has(row.key));
  const namesRenamed = ({ row }: RowFacts): boolean =>
    [...referencedKeys(parseRow(document, row) ?? {})].some((key) => renames.has(key));
  return others.filter((facts) => taken.has(facts.row.key) || namesRenamed(facts)).map(({ row }) => row.key);
}

function mayLeave(
  { name, fact }: StoreFile,
  leaving: ReadonlySet<string>,
  { references, heldLocks }: StoreSnapshot,
): boolean {
  if (heldLocks.has(`${name}.lock`)) return false;
  if (references.unread.length > 0 || references.protectedElsewhere.has(name)) return false;
  return fact.nlink === 1 && (references.rowsByFile.get(name) ?? []).every((key) => leaving.has(key));
}

function changedSince(indexPath: string, keys: readonly string[], files: readonly string[]): StoreError {
  const named = [...keys, ...files];
  const rest = named.length > 10 ? `, and ${named.length - 10} more` : "";
  const list = named.slice(0, 10).join(", ");
  return new StoreError(
    "E_STALE_PLAN",
    `What the plan takes away from ${indexPath} has changed or is in use since: ${list}${rest}. Nothing was changed.`,
    { hint: "Make the plan again.", details: { path: indexPath, changed: [...keys], files: [...files] } },
  );
}
