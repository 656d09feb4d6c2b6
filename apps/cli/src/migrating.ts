/** What is loaded when a migration is planned, checked or done. */
export { runMigrate } from "./commands/migrate.ts";
