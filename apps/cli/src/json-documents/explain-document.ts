import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

const meaningKeys: readonly JsonKeySpec[] = [
  { path: "id", type: "string", description: "id of the finding; never renamed once released" },
  { path: "severity", type: "error | warning | info", description: "how serious it is" },
  { path: "title", type: "string", description: "what it is, in a line" },
  { path: "explanation", type: "string", description: "what was found, and why it matters" },
  { path: "remedy", type: "string", description: "what to do about it" },
];

/** What `sessionsmith explain <id> --json` prints. */
export const explainDocument: JsonDocumentSpec = {
  title: "sessionsmith explain <finding-id> --json",
  notes: [],
  keys: meaningKeys,
};

/** What `sessionsmith explain --json` prints. */
export const explainAllDocument: JsonDocumentSpec = {
  title: "sessionsmith explain --json",
  notes: [],
  keys: [
    { path: "findings", type: "array", description: "every finding there is" },
    ...meaningKeys.map((key) => ({ ...key, path: `findings[].${key.path}` })),
  ],
};
