import type { CleanupOrders, CleanupReport, RescopedRow } from "@sessionsmith/maintenance";
import { renderTable } from "../render/table.ts";

/** What is shown of the orders on direct messages. */
export interface DmScopeView {
  readonly orders: CleanupOrders;
  /** Columns of the terminal; undefined without one. */
  readonly width: number | undefined;
}

/** The counts of `--fix-dm-scope` and `--rescope`, and who will share a session; nothing without one of these orders. */
export function dmScopeLines(
  { applied, dmScopeRetired, rekeyed, rescoped = [] }: CleanupReport,
  { orders, width }: DmScopeView,
): readonly string[] {
  const [retire, rekey] = applied === true ? ["Retired", "Re-keyed"] : ["Would retire", "Would re-key"];
  const retired = `${retire} stale direct DM sessions: ${dmScopeRetired}`;
  if (!orders.rescope) return orders.fixDmScope ? [retired] : [];
  return [retired, `${rekey} direct DM sessions: ${rekeyed}`, ...joinLines(rescoped, width)];
}

function joinLines(rescoped: readonly RescopedRow[], width: number | undefined): readonly string[] {
  if (rescoped.length === 0) return [];
  const columns = [
    { header: "From", least: 26, distinct: true },
    { header: "To", least: 26, distinct: true },
    { header: "Action" },
    { header: "Peers who share it" },
  ];
  const rows = rescoped.map(({ from, to, action, joins }) => [from, to, action, joins.join(", ")]);
  return ["", "Under another key:", ...renderTable({ columns, rows, width }), ""];
}
