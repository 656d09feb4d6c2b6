/** What is loaded when sessions are brought in from files, and when settings are looked at or changed. */
export { runConfig } from "./commands/config.ts";
export { runImport } from "./commands/import.ts";
