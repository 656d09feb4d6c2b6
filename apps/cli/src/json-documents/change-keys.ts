import type { JsonKeySpec } from "./json-document.ts";

/** What every answer to a change ends with. */
export const changeKeys: readonly JsonKeySpec[] = [
  { path: "dryRun", type: "boolean", description: "true for a preview" },
  {
    path: "operationId",
    type: "string | null",
    description: "the operation, for `undo`; null if nothing was done",
  },
  { path: "warnings", type: "array", description: "what stayed as it was, one sentence each" },
];
