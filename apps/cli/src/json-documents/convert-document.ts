import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith convert --json` prints. */
export const convertDocument: JsonDocumentSpec = {
  title: "sessionsmith convert --json",
  notes: ["A conversion that can't be done as a whole is not done, and is an error."],
  keys: [
    { path: "ok", type: "true", description: "it was done, or could be" },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    {
      path: "compared",
      type: "boolean",
      description: "true if the copy was read again and is the same as the original; false for a preview",
    },
    {
      path: "direction",
      type: "files-to-database | database-to-files",
      description: "what was made of what",
    },
    { path: "from", type: "string", description: "absolute path of the store that is there" },
    { path: "to", type: "string", description: "absolute path of the store that was made" },
    { path: "sessions", type: "number", description: "rows" },
    { path: "transcripts", type: "number", description: "transcripts of rows" },
    { path: "lines", type: "number", description: "lines of these, without their headers" },
    { path: "checkpoints", type: "number", description: "checkpoints of a session manager" },
    {
      path: "operationId",
      type: "string | null",
      description: "the operation, for `undo`; null for a preview, and where a database was made",
    },
  ],
};
