import type { CleanupOrders, CleanupReport } from "@sessionsmith/maintenance";
import { renderTable } from "../render/table.ts";

/** The counts of `--fix-dm-scope` and `--rescope`; nothing without one of these orders. */
export function dmScopeCounts(
  { applied, dmScopeRetired, rekeyed }: CleanupReport,
  { fixDmScope, rescope }: CleanupOrders,
): readonly string[] {
  const [retire, rekey] = applied === true ? ["Retired", "Re-keyed"] : ["Would retire", "Would re-key"];
  const retired = `${retire} stale direct DM sessions: ${dmScopeRetired}`;
  if (rescope) return [retired, `${rekey} direct DM sessions: ${rekeyed}`];
  return fixDmScope ? [retired] : [];
}

/** The table of the sessions that get another key, with the peers who share each afterwards; nothing if there are none. */
export function rescopedTable(
  { rescoped = [] }: CleanupReport,
  width: number | undefined,
): readonly string[] {
  if (rescoped.length === 0) return [];
  const columns = [
    { header: "From", least: 20, distinct: true },
    { header: "To", least: 20, distinct: true },
    { header: "Action" },
    { header: "Peers who share it", least: 12 },
  ];
  const rows = rescoped.map(({ from, to, action, joins }) => [from, to, action, joins.join(", ")]);
  return ["", "Under another key:", ...renderTable({ columns, rows, width })];
}
