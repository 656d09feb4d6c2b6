/**
 * What is loaded when a command that reads is run, all at once: each file that a process has to look for costs it time.
 */
export { runExplain } from "./commands/explain.ts";
export { runList } from "./commands/list.ts";
export { runVersion } from "./commands/version.ts";
