import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith operations --json` prints. */
export const operationsDocument: JsonDocumentSpec = {
  title: "sessionsmith operations --json",
  notes: ["An operation on several stores stands here once for each of them, with the same id."],
  keys: [
    { path: "operations", type: "array", description: "the operations of the chosen stores, newest first" },
    { path: "operations[].id", type: "string", description: "id, for `undo`" },
    {
      path: "operations[].startedAt",
      type: "number | null",
      description: "when it began; null if a crash came before it could say",
    },
    { path: "operations[].command", type: "string | null", description: "the command that did it" },
    { path: "operations[].agentId", type: "string | null", description: "agent of the store" },
    { path: "operations[].sessionsDir", type: "string", description: "sessions directory, links resolved" },
    { path: "operations[].rows", type: "number", description: "rows that it changes" },
    { path: "operations[].files", type: "number", description: "files that it moves" },
    { path: "operations[].bytes", type: "number", description: "bytes of these files" },
    {
      path: "operations[].state",
      type: "done | rolled-back | interrupted | undone | partly-undone",
      description:
        "how it stands; the next command that writes finishes an interrupted one, or takes it back",
    },
    {
      path: "operations[].undoneBy",
      type: "string | null",
      description: "the last operation that took it back, wholly or in part",
    },
    { path: "operations[].warnings", type: "array", description: "what it could not do" },
  ],
};
