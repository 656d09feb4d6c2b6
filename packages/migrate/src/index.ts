export { detectLegacy } from "./detect-legacy.ts";
export { type LegacyDialect, legacyDialects } from "./legacy-dialect.ts";
export type { LegacyBody, LegacyDetection, LegacyFile, LegacySource } from "./legacy-source.ts";
export type { LegacyForm } from "./read/legacy-form.ts";
export type { MigratedSession } from "./migrated-session.ts";
export type { MigrationRequest } from "./migration-request.ts";
export type { BackupKind } from "./plan/backup-steps.ts";
export { migrationRecipes, planMigration, type PlannedMigration } from "./plan-migration.ts";
export { type VerifiedSession, verifyMigration } from "./verify-migration.ts";
export {
  type MigratedStore,
  type MigrationError,
  type MigrationOutcome,
  type MigrationReport,
  migrationReport,
} from "./migration-report.ts";
export { backupFolder } from "./plan/backup-steps.ts";
export { type PythonMigrationStats, toPythonStats, toPythonText } from "./formats/openclaw-python-report.ts";
