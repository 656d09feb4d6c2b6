/** What is loaded when a store is repaired. */
export { runRepair } from "./commands/repair.ts";
