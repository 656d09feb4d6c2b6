import { configDocument, configWriteDocument } from "../../src/json-documents/config-document.ts";
import { exportDocument, exportTrajectoryDocument } from "../../src/json-documents/export-document.ts";
import { historyDocument } from "../../src/json-documents/history-document.ts";
import { importDocument } from "../../src/json-documents/import-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { leaseDocument } from "../../src/json-documents/lease-document.ts";
import { statsDocument } from "../../src/json-documents/stats-document.ts";

/** The documents of commands that count, lease, export and import sessions, and of settings. */
export const keepingDocuments: readonly JsonDocumentSpec[] = [
  statsDocument,
  historyDocument,
  leaseDocument,
  exportDocument,
  exportTrajectoryDocument,
  importDocument,
  configDocument,
  configWriteDocument,
];
