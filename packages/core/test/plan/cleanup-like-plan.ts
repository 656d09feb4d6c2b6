import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import type { StoreSnapshot } from "../../src/snapshot/store-snapshot.ts";
import type { RowDecision } from "../../src/plan/decision.ts";
import { fileIdentity } from "../../src/plan/file-identity.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { planStoreOf } from "../../src/plan/plan-store-of.ts";
import { type Plan, planSchemaVersion } from "../../src/plan/plan.ts";
import { rowSha256 } from "../../src/plan/row-sha256.ts";
import type { MoveFileStep, WriteIndexStep } from "../../src/plan/step.ts";

/** A plan that takes these rows and files away, as cleanup makes one. */
export function removalPlan(
  snapshot: StoreSnapshot,
  {
    keys,
    files,
    now,
  }: { readonly keys: readonly string[]; readonly files: readonly string[]; readonly now: number },
): Plan {
  const { document, target } = snapshot;
  const rows = snapshot.rows.map(({ row, time }): RowDecision => {
    const ageMs = time.known ? now - time.atMs : null;
    const leaves = keys.includes(row.key);
    const decision = { key: row.key, sessionId: row.sessionId, reasons: ["x"], ageMs } as const;
    return leaves
      ? { ...decision, action: "prune-stale", rowSha256: rowSha256(document, row) }
      : { ...decision, action: "keep" };
  });
  const path = target.indexPath;
  const edits = removeRowsEdits(document, new Set(keys));
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
