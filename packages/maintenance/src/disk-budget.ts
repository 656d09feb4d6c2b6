import { rowSha256 } from "@sessionsmith/core";
import type { FileDecision, PlanPart, RowDecision } from "@sessionsmith/core";
import { takeBudgetFiles } from "./budget-files.ts";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { CleanupView } from "./cleanup-view.ts";
import { chooseEvictions } from "./evict-rows.ts";
import { openclawExcess } from "./openclaw-excess.ts";
import { needsOrphanConfirmation } from "./orphan-guard.ts";
import { budgetedBytes, visibleBytes } from "./visible-bytes.ts";
import type { Decisions } from "./visible-bytes.ts";

/** The limits of the disk budget. */
export interface BudgetLimits {
  /** Above this, it is enforced. */
  readonly maxBytes: number;
  /** It is enforced down to this. */
  readonly goalBytes: number;
}

/** The limits that a policy sets, or undefined if it does not ask for a disk budget. */
export function budgetLimits({
  orders,
  maxDiskBytes,
  highWaterBytes,
}: Pick<CleanupPolicy, "orders" | "maxDiskBytes" | "highWaterBytes">): BudgetLimits | undefined {
  if (!orders.maintenance || maxDiskBytes === null) return undefined;
  return { maxBytes: maxDiskBytes, goalBytes: highWaterBytes ?? maxDiskBytes };
}

/** Tells whether more than the limit counts against the budget once the decisions are carried out. */
export function isOverBudget(
  view: Pick<CleanupView, "snapshot" | "policy">,
  decisions: Pick<PlanPart, "rows" | "files">,
): boolean {
  const limits = budgetLimits(view.policy);
  if (limits === undefined) return false;
  return budgetedBytes(visibleBytes(view.snapshot, decisions), view.policy.preset) > limits.maxBytes;
}

/**
 * The last pass: brings the visible bytes of a sessions directory under its limit, in this order: archives, artifacts that nothing
 * references, and then rows by age with their files. Rows stay as long as the index explains too few transcripts
 * (docs/invariants.md I3). Returns the decisions as they are if nothing is over the limit.
 * @param view with all rows that may be judged
 * @param decideFiles what the earlier passes decide on files, given the rows
 */
export function fitDiskBudget(
  view: CleanupView,
  decisions: Decisions,
  decideFiles: (rows: readonly RowDecision[]) => readonly FileDecision[],
): Decisions {
  const limits = budgetLimits(view.policy);
  if (limits === undefined) return decisions;
  const { snapshot, policy } = view;
  const totalBytes = budgetedBytes(visibleBytes(snapshot, decisions), policy.preset);
  const overBytes = totalBytes > limits.maxBytes ? totalBytes - limits.goalBytes : 0;
  const decided = new Map(
    decisions.files.filter(({ action }) => action !== "keep").map((file) => [file.name, file]),
  );
  const taken = takeBudgetFiles({ ...view, rows: decisions.rows, decided }, overBytes);
  const leftBytes = taken.reduce((rest, { size }) => rest - size, overBytes);
  const isOpenClaw = policy.preset === "openclaw-2026.5";
  const nothing = { bytes: 0, counted: new Set<string>() };
  const excess = isOpenClaw ? openclawExcess(view, decisions, limits) : { ...nothing, bytes: leftBytes };
  const mayEvict = excess.bytes > 0 && !needsOrphanConfirmation(view);
  const evicted = chooseEvictions(view, decisions, mayEvict ? excess : nothing);
  if (taken.length + evicted.size === 0) return decisions;
  const leaving = new Map(
    view.rows.filter(({ row }) => evicted.has(row.key)).map(({ row }) => [row.key, row]),
  );
  const rows = decisions.rows.map((decision) => {
    const row = leaving.get(decision.key);
    return row === undefined ? decision : evict(decision, rowSha256(snapshot.document, row));
  });
  const files = new Map(decideFiles(rows).map((file) => [file.name, file]));
  for (const file of taken) files.set(file.name, file);
  return { rows, files: [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function evict({ key, sessionId, ageMs }: RowDecision, rowHash: string): RowDecision {
  return { key, sessionId, action: "evict-budget", reasons: ["over-disk-budget"], ageMs, rowSha256: rowHash };
}
