import { finding } from "@sessionsmith/core";
import type { Finding, PlanPart } from "@sessionsmith/core";

/** A finding on every row that `rescope` left where it is because its key would be that of another peer, or might be. */
export function rescopeFindings({ rows, store }: Pick<PlanPart, "rows" | "store">): readonly Finding[] {
  const apart = rows.filter(
    ({ reasons }) => reasons.includes("different-peers") || reasons.includes("peer-unknown"),
  );
  return apart.map(({ key }) => finding("dm-peers-not-linked", { path: store.indexPath, key }));
}
