/** What is loaded when sessions are made, leased, or brought in from files, and when settings are looked at or changed. */
export { runExpire, runGet, runRefresh, runSet } from "./commands/lease.ts";
