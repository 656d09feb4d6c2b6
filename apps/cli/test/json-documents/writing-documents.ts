import { applyDocument } from "../../src/json-documents/apply-document.ts";
import {
  compactDocument,
  createDocument,
  deleteDocument,
  patchDocument,
  resetDocument,
} from "../../src/json-documents/change-document.ts";
import { previewDocument, resolveDocument, showDocument } from "../../src/json-documents/session-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import {
  chatCommandDocument,
  checkpointDocument,
  checkpointListDocument,
  freshnessDocument,
} from "../../src/json-documents/manager-document.ts";
import {
  migrateDetectDocument,
  migrateDocument,
  migrateRollbackDocument,
  migrateVerifyDocument,
} from "../../src/json-documents/migrate-document.ts";
import { operationsDocument } from "../../src/json-documents/operations-document.ts";
import { recoverDocument } from "../../src/json-documents/recover-document.ts";
import { trashRestoreDocument, undoDocument } from "../../src/json-documents/taken-back-document.ts";
import {
  trashListDocument,
  trashPackDocument,
  trashPurgeDocument,
} from "../../src/json-documents/trash-document.ts";

/** The documents of a migration. */
export const migrationDocuments: readonly JsonDocumentSpec[] = [
  migrateDocument,
  migrateDetectDocument,
  migrateVerifyDocument,
  migrateRollbackDocument,
];

/** The documents of commands that change a store, or show what changed it. */
export const writingDocuments: readonly JsonDocumentSpec[] = [
  applyDocument,
  operationsDocument,
  undoDocument,
  recoverDocument,
  trashListDocument,
  trashRestoreDocument,
  trashPurgeDocument,
  trashPackDocument,
];

/** The documents of checkpoints, resets and chat commands. */
export const managerDocuments: readonly JsonDocumentSpec[] = [
  checkpointListDocument,
  checkpointDocument,
  freshnessDocument,
  chatCommandDocument,
];

/** The documents of commands about single sessions. */
export const sessionDocuments: readonly JsonDocumentSpec[] = [
  showDocument,
  previewDocument,
  resolveDocument,
  createDocument,
  patchDocument,
  resetDocument,
  deleteDocument,
  compactDocument,
];
