import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith apply <plan> --json` prints. */
export const applyDocument: JsonDocumentSpec = {
  title: "sessionsmith apply <plan> --json",
  notes: [],
  keys: [
    {
      path: "operationId",
      type: "string | null",
      description: "the operation, for `undo`; null if the plan had nothing to do",
    },
    { path: "digest", type: "string", description: "sha256 of the plan that was carried out" },
    { path: "stores", type: "array", description: "one for each store of the plan" },
    { path: "stores[].agentId", type: "string", description: "the agent that the plan was made for" },
    { path: "stores[].storePath", type: "string", description: "absolute path of the index" },
    { path: "stores[].beforeCount", type: "number", description: "rows before" },
    { path: "stores[].afterCount", type: "number", description: "rows left" },
    {
      path: "stores[].movedFiles",
      type: "number",
      description: "files that went to an archive or the trash",
    },
    { path: "stores[].movedBytes", type: "number", description: "bytes of these files" },
    { path: "warnings", type: "array", description: "what could not be done; exit 3 if there is any" },
  ],
};
