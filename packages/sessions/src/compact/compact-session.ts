import { join } from "node:path";
import { type JsonObject, readEntryNumber, StoreError, type StoreSnapshot } from "@sessionsmith/core";
import { trashName } from "@sessionsmith/core/engine";
import { type CompactionSteps, compactionSteps } from "@sessionsmith/core/store";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { type OrderedRow, requireRow, requireUnlocked, rowOfOrder } from "../change/row-of-order.ts";
import { scanForChange } from "../change/scan-for-change.ts";
import type { RowTurn } from "../change/sessions-change.ts";
import type { StoreScope } from "../change/store-scope.ts";

/** Which transcript is to be made shorter. */
export interface CompactOrder {
  /** Session key as it stands in the index. */
  readonly key: string;
  /** Lines to keep at the end, beside the header; more stay if a tool call and its result would be torn apart. From 1 on. */
  readonly keepLines: number;
  /** True takes a key without a row for one without a transcript, as a gateway does; otherwise that is E_NOT_FOUND. */
  readonly orNothing?: boolean;
}

/** What came of a compaction. */
export interface CompactAnswer extends ChangeFrame {
  readonly ok: true;
  readonly key: string;
  readonly compacted: boolean;
  /** Why not. */
  readonly reason?: "no sessionId" | "no transcript";
  /** Lines that stay, the header too (OpenClaw's word). */
  readonly kept?: number;
  readonly removedLines: number;
  /** Lines that stay, without the header. */
  readonly keptLines: number;
  /** Absolute path of the transcript as it was; null if nothing was removed, or for a preview. */
  readonly archivedPath: string | null;
}

/**
 * Shortens the transcript of a session to its header and its last lines, clears the token counts of the row, and counts the
 * compaction. The whole transcript stays beside it as `.bak.<stamp>`.
 * @throws StoreError E_USAGE for `keepLines` below 1; E_NOT_FOUND; E_REFUSED if the transcript is not in the sessions directory, or
 * its header is not understood, or the file has a further name; E_LOCKED while a process works on it; and as `applyChange` does
 */
export async function compactSession(
  scope: StoreScope,
  order: CompactOrder,
  options: ChangeOptions = {},
): Promise<Answered<CompactAnswer>> {
  requireKeepLines(order.keepLines);
  const applied = await applyChange(scope, () => settle(scope, order), options);
  const { reason, steps, realDir } = applied.about;
  const { key } = order;
  const frame = changeFrame(applied);
  const { removedLines = 0, keptLines = 0, archive } = steps ?? {};
  const compacted = removedLines > 0;
  const answer: CompactAnswer = {
    ok: true,
    key,
    compacted,
    ...(reason === undefined ? { kept: keptLines + 1 } : { reason }),
    removedLines,
    keptLines,
    archivedPath:
      compacted && applied.operationId !== undefined
        ? join(realDir, archive ?? trashName(applied.operationId, 0))
        : null,
    ...frame,
  };
  return { answer, applied };
}

interface SettledCompaction {
  readonly realDir: string;
  readonly reason?: NonNullable<CompactAnswer["reason"]>;
  readonly steps?: CompactionSteps;
}

function settle(
  scope: StoreScope,
  { key, keepLines, orNothing = false }: CompactOrder,
): SettledChange<SettledCompaction> {
  const now = scope.host.clock.now();
  const snapshot = scanForChange(scope, now);
  const { realDir } = snapshot;
  const base = { command: "compact", policy: { key, keepLines }, now };
  const nothing = (reason: NonNullable<CompactAnswer["reason"]>): SettledChange<SettledCompaction> => ({
    snapshot,
    change: { ...base, turns: new Map() },
    about: { realDir, reason },
  });
  const ordered = orNothing ? rowOfOrder(snapshot, key) : requireRow(snapshot, key);
  if (ordered === undefined) return nothing("no sessionId");
  requireUnlocked(ordered, snapshot);
  const { transcript } = ordered.facts;
  if (transcript.state === "unnamed") return nothing("no sessionId");
  if (transcript.state === "missing") return nothing("no transcript");
  if (transcript.state !== "present") throw notHere(ordered, snapshot);
  const steps = compactionSteps(scope.host, { realDir, name: transcript.name }, keepLines);
  const turns = new Map<string, RowTurn>(
    steps.removedLines === 0 ? [] : [[key, turnFor(ordered.entry, now)]],
  );
  return { snapshot, change: { ...base, turns, writes: steps.steps }, about: { realDir, steps } };
}

/** What was counted is no longer what a model gets to see (OpenClaw 2026.5.28). */
function turnFor(entry: JsonObject, now: number): RowTurn {
  return {
    action: "change",
    reason: "compact",
    fields: { updatedAt: now, compactionCount: (readEntryNumber(entry, "compactionCount") ?? 0) + 1 },
    cleared: ["inputTokens", "outputTokens", "totalTokens", "totalTokensFresh", "contextBudgetStatus"],
  };
}

function requireKeepLines(keepLines: number): void {
  if (Number.isSafeInteger(keepLines) && keepLines >= 1) return;
  throw new StoreError("E_USAGE", `maxLines must be >= 1, not ${keepLines}. Nothing was changed.`, {
    details: { name: "maxLines" },
  });
}

function notHere({ facts }: OrderedRow, { target }: StoreSnapshot): StoreError {
  const { key } = facts.row;
  return new StoreError(
    "E_REFUSED",
    `The transcript of ${JSON.stringify(key)} is not a regular file of ${target.sessionsDir}. Nothing was changed.`,
    { hint: "`sessionsmith show` says where it is.", details: { path: target.indexPath, key } },
  );
}
