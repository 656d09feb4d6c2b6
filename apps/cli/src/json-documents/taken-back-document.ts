import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

/** The keys of a document that says what was taken back. */
export const undoKeys: readonly JsonKeySpec[] = [
  { path: "undoes", type: "string", description: "the operation that is taken back" },
  {
    path: "operationId",
    type: "string | null",
    description: "the new operation; null for a preview, or if there was nothing to do",
  },
  { path: "dryRun", type: "boolean", description: "true for a preview" },
  { path: "rows", type: "number", description: "rows that are as they were" },
  { path: "files", type: "number", description: "files that are as they were" },
  {
    path: "conflicts",
    type: "array",
    description: "what is left as it is, because it or its session has changed since",
  },
  { path: "conflicts[].kind", type: "row | file", when: "with conflicts", description: "what it is" },
  { path: "conflicts[].key", type: "string", when: "for a row", description: "session key" },
  {
    path: "conflicts[].path",
    type: "string",
    when: "for a file",
    description: "path inside the sessions directory",
  },
  {
    path: "conflicts[].why",
    type: "changed-since | taken | gone | label-taken | transcript-stays | session-stays",
    when: "with conflicts",
    description:
      "it was changed, its place is taken, it is gone, another session has its label, or its transcript or session stays",
  },
  { path: "warnings", type: "array", description: "what could not be done; exit 3 if there is any" },
];

/** What `sessionsmith undo <operation> --json` prints. */
export const undoDocument: JsonDocumentSpec = {
  title: "sessionsmith undo <operation> --json",
  notes: [],
  keys: undoKeys,
};

/** What `sessionsmith trash restore <operation> --json` prints. */
export const trashRestoreDocument: JsonDocumentSpec = {
  title: "sessionsmith trash restore <operation> --json",
  notes: ["The rows of the index stay as they are, so `rows` is 0 and every conflict is one of a file."],
  keys: undoKeys.filter(({ path }) => path !== "conflicts[].key"),
};
