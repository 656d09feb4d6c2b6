import type { PlanPart, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import { filesLeaving, sizeOf } from "./count-files.ts";
import { budgetLimits } from "./disk-budget.ts";
import type { TrashFacts } from "./store-facts.ts";
import { budgetedBytes, byteClasses, isBudgeted, visibleBytes } from "./visible-bytes.ts";
import type { ByteClass, Decisions } from "./visible-bytes.ts";

/** What the disk budget came to. OpenClaw 2026.5.28 has the first eight numbers, under these names. */
export interface DiskBudgetReport {
  /** Bytes that count against the budget, once the other passes have done their work. */
  readonly totalBytesBefore: number;
  readonly totalBytesAfter: number;
  /** Files that leave for the budget, those of evicted rows among them, and their bytes. */
  readonly removedFiles: number;
  readonly removedEntries: number;
  readonly freedBytes: number;
  readonly maxBytes: number;
  readonly highWaterBytes: number;
  /** True if `totalBytesBefore` is above `maxBytes`. */
  readonly overBudget: boolean;
  /** Visible bytes before and after by class; a class that is not `counted` is never removed and costs nothing. */
  readonly byClass: readonly ClassBytes[];
  /** Bytes above `maxBytes` that nothing could be found for. */
  readonly stillOverBytes: number;
  /** Bytes of expired operations in the trash, which an enforced budget purges first. */
  readonly expiredTrashBytes: number;
  /** Bytes of the whole trash, which `trash pack` makes less and `trash purge` gives back. They don't count against the budget. */
  readonly reclaimableBytes: number;
}

/** The bytes of one class. */
export interface ClassBytes {
  readonly class: ByteClass;
  readonly beforeBytes: number;
  readonly afterBytes: number;
  readonly counted: boolean;
}

/** Tells what the disk budget of a plan comes to; null without a limit. Pure. */
export function diskBudgetReport(
  part: PlanPart,
  snapshot: StoreSnapshot,
  { policy, trash }: { readonly policy: CleanupPolicy; readonly trash: TrashFacts },
): DiskBudgetReport | null {
  const limits = budgetLimits(policy);
  if (limits === undefined) return null;
  const before = visibleBytes(snapshot, withoutBudget(part));
  const after = visibleBytes(snapshot, part);
  const totalBytesBefore = budgetedBytes(before, policy.preset);
  const totalBytesAfter = budgetedBytes(after, policy.preset);
  const removed = filesLeaving(part, "budget");
  return {
    totalBytesBefore,
    totalBytesAfter,
    removedFiles: removed.length,
    removedEntries: part.rows.filter(({ action }) => action === "evict-budget").length,
    freedBytes: sizeOf(removed),
    maxBytes: limits.maxBytes,
    highWaterBytes: limits.goalBytes,
    overBudget: totalBytesBefore > limits.maxBytes,
    byClass: byteClasses.map((byteClass) => ({
      class: byteClass,
      beforeBytes: before.get(byteClass) ?? 0,
      afterBytes: after.get(byteClass) ?? 0,
      counted: isBudgeted(byteClass, policy.preset),
    })),
    stillOverBytes: Math.max(0, totalBytesAfter - limits.maxBytes),
    ...trash,
  };
}

/** The decisions as they would be without the budget. */
function withoutBudget({ rows, files }: PlanPart): Decisions {
  return {
    rows: rows.map((row) => (row.action === "evict-budget" ? { ...row, action: "keep" } : row)),
    files: files.filter(({ pass }) => pass !== "budget"),
  };
}
