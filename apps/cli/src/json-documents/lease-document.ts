import { changeKeys } from "./change-document.ts";
import type { JsonDocumentSpec } from "./json-document.ts";
import { leaseKeys } from "./lease-keys.ts";

/** What `sessionsmith set --json`, `expire --json` and `refresh --json` print. */
export const leaseDocument: JsonDocumentSpec = {
  title: "sessionsmith set --json",
  notes: ["`sessionsmith expire --json` and `sessionsmith refresh --json` print the same."],
  keys: [
    { path: "ok", type: "true", description: "it was done, or would be" },
    { path: "key", type: "string", description: "session key" },
    ...leaseKeys,
    { path: "entry", type: "object", description: "the row as it is now, or would be" },
    ...changeKeys,
  ],
};
