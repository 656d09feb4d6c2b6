import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith trash list --json` prints. */
export const trashListDocument: JsonDocumentSpec = {
  title: "sessionsmith trash list --json",
  notes: [],
  keys: [
    { path: "count", type: "number", description: "files in the trash" },
    { path: "totalBytes", type: "number", description: "their bytes" },
    { path: "files", type: "array", description: "the files, by operation" },
    { path: "files[].operationId", type: "string", description: "the operation that retired it" },
    { path: "files[].agentId", type: "string", description: "agent of the store" },
    { path: "files[].name", type: "string", description: "name that it had in the sessions directory" },
    { path: "files[].path", type: "string", description: "where it lies now" },
    { path: "files[].bytes", type: "number", description: "size" },
    { path: "files[].trashedAt", type: "number", description: "when the operation began" },
    { path: "files[].ageMs", type: "number", description: "time since then" },
    { path: "files[].reason", type: "string", description: "why it is there" },
  ],
};

/** What `sessionsmith trash purge --json` prints. */
export const trashPurgeDocument: JsonDocumentSpec = {
  title: "sessionsmith trash purge --json",
  notes: [],
  keys: [
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    { path: "reclaimedBytes", type: "number", description: "bytes that were given back for good" },
    { path: "purged", type: "array", description: "the operations that are gone" },
    { path: "purged[].id", type: "string", description: "id of the operation" },
    { path: "purged[].files", type: "number", description: "files that its trash held" },
    { path: "purged[].reclaimedBytes", type: "number", description: "bytes that it gave back" },
    { path: "purged[].sessionsDir", type: "string", description: "sessions directory, links resolved" },
  ],
};

/** What `sessionsmith trash pack --json` prints. */
export const trashPackDocument: JsonDocumentSpec = {
  title: "sessionsmith trash pack --json",
  notes: [],
  keys: [
    { path: "reclaimedBytes", type: "number", description: "bytes that are taken less than before" },
    { path: "packed", type: "array", description: "the operations whose trash was looked at" },
    { path: "packed[].id", type: "string", description: "id of the operation" },
    { path: "packed[].files", type: "number", description: "files that were packed" },
    { path: "packed[].reclaimedBytes", type: "number", description: "bytes that they take less" },
    {
      path: "packed[].skipped",
      type: "number",
      description: "files that would not get smaller, or are too large",
    },
    { path: "packed[].sessionsDir", type: "string", description: "sessions directory, links resolved" },
  ],
};
