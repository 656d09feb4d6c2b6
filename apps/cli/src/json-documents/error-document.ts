import type { JsonDocumentSpec } from "./json-document.ts";

/** What any command prints on standard error when it fails under --json. */
export const errorDocument: JsonDocumentSpec = {
  title: "Errors",
  notes: [
    "When a command fails under `--json`, standard output stays empty and the last line of standard error is this object.",
  ],
  keys: [
    { path: "error", type: "object", description: "what went wrong" },
    {
      path: "error.code",
      type: "string",
      description: "stable code (see exit-codes.md), or E_BUG for a fault of the command",
    },
    {
      path: "error.message",
      type: "string",
      description: "what happened, where, and that nothing was changed",
    },
    { path: "error.hint", type: "string | null", description: "what to do next" },
    {
      path: "error.details",
      type: "object",
      description: "facts for programs: path, errno, offset, line; depends on the code",
    },
    { path: "error.exitCode", type: "number", description: "the exit status" },
  ],
};
