import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith version --json` prints. */
export const versionDocument: JsonDocumentSpec = {
  title: "sessionsmith version --json",
  notes: [],
  keys: [
    { path: "version", type: "string", description: "version of the command" },
    { path: "node", type: "string", description: "version of Node.js that runs it" },
    { path: "packages", type: "object", description: "versions of its packages, by package name" },
    { path: "packages.{}", type: "string", description: "version of one package" },
  ],
};
