import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith recover --json` prints. */
export const recoverDocument: JsonDocumentSpec = {
  title: "sessionsmith recover --json",
  notes: [],
  keys: [
    { path: "recovered", type: "array", description: "the operations that were interrupted, oldest first" },
    { path: "recovered[].id", type: "string", description: "id of the operation" },
    { path: "recovered[].agentId", type: "string", description: "agent of the store" },
    {
      path: "recovered[].outcome",
      type: "finished | rolled-back | discarded",
      description: "what became of it; discarded: it had not begun to change anything",
    },
    { path: "recovered[].warnings", type: "array", description: "what could not be done" },
  ],
};
