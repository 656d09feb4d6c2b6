/** What is loaded when sessions are counted, exported, or looked up in the history. */
export { runExport } from "./commands/export.ts";
export { runExportTrajectory } from "./commands/export-trajectory.ts";
export { runEndedList, runHistory } from "./commands/history.ts";
export { runStats } from "./commands/stats.ts";
