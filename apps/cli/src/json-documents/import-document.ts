import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith import --json` prints. */
export const importDocument: JsonDocumentSpec = {
  title: "sessionsmith import --json",
  notes: ["Each store has an operation of its own."],
  keys: [
    { path: "ok", type: "boolean", description: "false if something could not be brought in" },
    { path: "file", type: "string", description: "path of the file" },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    { path: "stores", type: "array", description: "the stores that sessions were brought into" },
    { path: "stores[].agentId", type: "string", description: "agent of the store" },
    { path: "stores[].path", type: "string", description: "path of its index" },
    { path: "stores[].added", type: "number", description: "sessions that were brought in" },
    { path: "stores[].alreadyThere", type: "number", description: "sessions that were there already" },
    { path: "stores[].sessions", type: "array", description: "what became of each session" },
    { path: "stores[].sessions[].key", type: "string", description: "its key in the store" },
    { path: "stores[].sessions[].sessionId", type: "string", description: "its id in the store" },
    { path: "stores[].sessions[].fromKey", type: "string", description: "its key or id in the file" },
    { path: "stores[].sessions[].outcome", type: "add | there", description: "brought in, or there already" },
    {
      path: "stores[].sessions[].changes",
      type: "array",
      description: "what is not as in the file: new-id, new-key, label-dropped",
    },
    {
      path: "stores[].operationId",
      type: "string | null",
      description: "the operation, for `undo`; null if nothing was done",
    },
    { path: "stores[].warnings", type: "array", description: "what stayed as it was, one sentence each" },
    { path: "troubles", type: "array", description: "what could not be brought in; it stays in the file" },
    {
      path: "troubles[].line",
      type: "number",
      description: "its line; in a JSON document the position of the session",
    },
    { path: "troubles[].problem", type: "string", description: "why" },
  ],
};
