import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith encrypt --json` and `sessionsmith decrypt --json` print. */
export const encryptionDocument: JsonDocumentSpec = {
  title: "sessionsmith encrypt --json, sessionsmith decrypt --json",
  notes: ["No key and no part of a conversation is in it."],
  keys: [
    { path: "task", type: "encrypt | decrypt | rotate", description: "what was done" },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    { path: "stores", type: "array", description: "one for each store" },
    { path: "stores[].agentId", type: "string", description: "the agent" },
    { path: "stores[].storePath", type: "string", description: "absolute path of the index" },
    {
      path: "stores[].operationId",
      type: "string | null",
      description: "the operation, for `undo`; null for a preview, or if there was nothing to do",
    },
    { path: "stores[].changed", type: "number", description: "transcripts that were changed, or would be" },
    { path: "stores[].sessions", type: "array", description: "one for each transcript, or row without one" },
    { path: "stores[].sessions[].keys", type: "array", description: "the session keys of its rows" },
    { path: "stores[].sessions[].sessionId", type: "string | null", description: "its session id" },
    {
      path: "stores[].sessions[].transcript",
      type: "string | null",
      description: "its name in the sessions directory; null if there is none",
    },
    {
      path: "stores[].sessions[].state",
      type: "changed | skipped | failed",
      description: "what became of it; exit 3 if any failed, or was skipped although it was there to be done",
    },
    {
      path: "stores[].sessions[].lines",
      type: "number | null",
      description: "lines after the header; null if it was not changed",
    },
    {
      path: "stores[].sessions[].reason",
      type: "string | null",
      description: "why it was left as it is (`already-encrypted`, `in-use`), or the code of the error",
    },
    {
      path: "stores[].sessions[].message",
      type: "string | null",
      description: "what the error says; null if there is none",
    },
    {
      path: "stores[].leftInClear",
      type: "object",
      description: "what an encryption did not reach of sessions that are encrypted",
    },
    {
      path: "stores[].leftInClear.files",
      type: "array",
      description: "absolute paths: trajectories, archives, older operations",
    },
    {
      path: "stores[].leftInClear.fields",
      type: "array",
      description: "fields of their rows that may tell what was said",
    },
    {
      path: "stores[].leftInClear.fields[].key",
      type: "string",
      when: "with fields",
      description: "session key",
    },
    {
      path: "stores[].leftInClear.fields[].field",
      type: "string",
      when: "with fields",
      description: "name of the field",
    },
    {
      path: "stores[].warnings",
      type: "array",
      description: "what could not be done; exit 3 if there is any",
    },
  ],
};
