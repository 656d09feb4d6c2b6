import { indexEdits } from "../../src/session-index/index-edits.ts";
import type { StoreSnapshot } from "../../src/snapshot/store-snapshot.ts";
import type { RowChange, RowDecision } from "../../src/plan/decision.ts";
import { fileIdentity } from "../../src/plan/file-identity.ts";
import { indexChangeOf } from "../../src/plan/index-change-of.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { planStoreOf } from "../../src/plan/plan-store-of.ts";
import { type Plan, planSchemaVersion } from "../../src/plan/plan.ts";
import { rowSha256 } from "../../src/plan/row-sha256.ts";
import type { MoveFileStep, WriteIndexStep } from "../../src/plan/step.ts";

/** A plan that takes these rows and files away and changes these rows, as cleanup makes one. */
export function removalPlan(
  snapshot: StoreSnapshot,
  {
    keys,
    files,
    now,
    changes = new Map(),
  }: {
    readonly keys: readonly string[];
    readonly files: readonly string[];
    readonly now: number;
    readonly changes?: ReadonlyMap<string, RowChange>;
  },
): Plan {
  const { document, target } = snapshot;
  const rows = snapshot.rows.map(({ row, time }): RowDecision => {
    const ageMs = time.known ? now - time.atMs : null;
    const leaves = keys.includes(row.key);
    const change = changes.get(row.key);
    const decision = { key: row.key, sessionId: row.sessionId, reasons: ["x"], ageMs } as const;
    if (change !== undefined)
      return { ...decision, action: "keep", change, rowSha256: rowSha256(document, row) };
    return leaves
      ? { ...decision, action: "prune-stale", rowSha256: rowSha256(document, row) }
      : { ...decision, action: "keep" };
  });
  const path = target.indexPath;
  const edits = indexEdits(document, indexChangeOf(rows) ?? {});
  const { bytes, sha256 } = document;
  const rewrite: WriteIndexStep = {
    kind: "write-index",
    phase: "switch",
    path,
    content: { source: "splice", path, size: bytes.length, sha256, edits },
  };
  const moves = files.map((from): MoveFileStep => {
    const file = snapshot.files.get(from);
    if (file === undefined) throw new Error(`no ${from}`);
    const to = { as: "archive", reason: "deleted" } as const;
    return { kind: "move-file", phase: "retire", from, to, expect: fileIdentity(file.fact), reason: "x" };
  });
  const decisions = moves.map(({ from, expect }) => ({
    name: from,
    action: "archive-deleted" as const,
    reasons: ["x"],
    size: expect.size,
  }));
  const part = {
    store: planStoreOf(snapshot),
    rows,
    files: decisions,
    steps: [rewrite, ...moves],
    blockedBy: [],
  };
  const head = {
    schemaVersion: planSchemaVersion,
    command: "cleanup",
    createdAt: now,
    now,
    policy: {},
  } as const;
  return sealPlan({ ...head, parts: [part] });
}
