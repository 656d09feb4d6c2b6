import type { JsonDocumentSpec } from "../json-documents/json-document.ts";
import { applyDocument } from "../json-documents/apply-document.ts";
import { checkDocument } from "../json-documents/check-document.ts";
import {
  compactDocument,
  createDocument,
  deleteDocument,
  patchDocument,
  resetDocument,
} from "../json-documents/change-document.ts";
import { cleanupAllDocument, cleanupDocument } from "../json-documents/cleanup-document.ts";
import { encryptionDocument } from "../json-documents/encryption-document.ts";
import { convertDocument } from "../json-documents/convert-document.ts";
import { configDocument, configWriteDocument } from "../json-documents/config-document.ts";
import { exportDocument, exportTrajectoryDocument } from "../json-documents/export-document.ts";
import { errorDocument } from "../json-documents/error-document.ts";
import { explainAllDocument, explainDocument } from "../json-documents/explain-document.ts";
import { historyDocument } from "../json-documents/history-document.ts";
import { importDocument } from "../json-documents/import-document.ts";
import { leaseDocument } from "../json-documents/lease-document.ts";
import { listDocument } from "../json-documents/list-document.ts";
import {
  migrateDetectDocument,
  migrateDocument,
  migrateRollbackDocument,
  migrateVerifyDocument,
} from "../json-documents/migrate-document.ts";
import {
  chatCommandDocument,
  checkpointDocument,
  checkpointListDocument,
  freshnessDocument,
} from "../json-documents/manager-document.ts";
import { operationsDocument } from "../json-documents/operations-document.ts";
import { recoverDocument } from "../json-documents/recover-document.ts";
import { repairDocument } from "../json-documents/repair-document.ts";
import { previewDocument, resolveDocument, showDocument } from "../json-documents/session-document.ts";
import { trashRestoreDocument, undoDocument } from "../json-documents/taken-back-document.ts";
import { statsDocument } from "../json-documents/stats-document.ts";
import {
  trashListDocument,
  trashPackDocument,
  trashPurgeDocument,
} from "../json-documents/trash-document.ts";
import { versionDocument } from "../json-documents/version-document.ts";
import { code, markdownPage, markdownTable } from "./markdown.ts";

/** Every JSON document, in the order of the page. */
export const jsonDocuments: readonly JsonDocumentSpec[] = [
  listDocument,
  showDocument,
  previewDocument,
  resolveDocument,
  createDocument,
  patchDocument,
  resetDocument,
  deleteDocument,
  compactDocument,
  historyDocument,
  statsDocument,
  leaseDocument,
  exportDocument,
  exportTrajectoryDocument,
  importDocument,
  configDocument,
  configWriteDocument,
  checkpointListDocument,
  checkpointDocument,
  freshnessDocument,
  chatCommandDocument,
  cleanupDocument,
  cleanupAllDocument,
  applyDocument,
  migrateDocument,
  migrateDetectDocument,
  migrateVerifyDocument,
  migrateRollbackDocument,
  encryptionDocument,
  convertDocument,
  operationsDocument,
  undoDocument,
  recoverDocument,
  trashListDocument,
  trashRestoreDocument,
  trashPurgeDocument,
  trashPackDocument,
  checkDocument,
  repairDocument,
  explainDocument,
  explainAllDocument,
  versionDocument,
  errorDocument,
];

/** `docs/reference/json.md`: every key of every JSON document. */
export function renderJsonReference(): string {
  return markdownPage("JSON output", [
    "With `--json` a command prints one JSON document on standard output. Names are camelCase; times end in `At` and are " +
      "epoch milliseconds (`updatedAt`), spans end in `Ms`, sizes in `Bytes`. New keys may come; the meaning of one never changes.",
    ...jsonDocuments.flatMap(documentBlocks),
  ]);
}

function documentBlocks({ title, notes, keys }: JsonDocumentSpec): readonly string[] {
  const rows = keys.map(({ path, type, when, description }) => [
    code(path),
    type,
    when ?? "always",
    description,
  ]);
  return [`## ${title}`, ...notes, markdownTable(["key", "type", "there", "meaning"], rows)];
}
