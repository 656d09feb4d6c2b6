/** What is loaded when a store is checked. */
export { runCheck } from "./commands/check.ts";
