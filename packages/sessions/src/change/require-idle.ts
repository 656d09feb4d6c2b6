import { parseLeanRow, type Plan, StoreError, type StoreSnapshot } from "@sessionsmith/core";
import { isRunning } from "@sessionsmith/maintenance";

/**
 * Holds a plan back that changes a row, or takes one away, while somebody uses its session: what is done beside a running gateway must
 * leave alone what the gateway works on.
 * @param snapshot what the plan was made from
 * @throws StoreError E_LOCKED
 */
export function requireIdle(snapshot: StoreSnapshot, plan: Plan): void {
  const touched = new Set(
    plan.parts.flatMap(({ rows }) =>
      rows.flatMap(({ key, action, change }) => (action !== "keep" || change !== undefined ? [key] : [])),
    ),
  );
  for (const facts of snapshot.rows) {
    const { row, locked } = facts;
    if (!touched.has(row.key)) continue;
    const entry = parseLeanRow(snapshot.document, row) ?? {};
    if (!locked && !isRunning(facts, entry, { snapshot, now: plan.now })) continue;
    throw new StoreError(
      "E_LOCKED",
      `The session ${JSON.stringify(row.key)} is in use (${locked ? "its transcript is locked" : "it is running"}). Nothing was changed.`,
      {
        hint: "Wait until it has finished, or stop the gateway.",
        details: { path: snapshot.target.indexPath, key: row.key },
      },
    );
  }
}
