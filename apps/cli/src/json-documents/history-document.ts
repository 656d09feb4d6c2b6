import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";
import { pageKeys, storeListKeys } from "./store-list-keys.ts";

const said = "if the row said it";

function count(name: string, description: string): JsonKeySpec {
  return { path: `sessions[].${name}`, type: "number", when: said, description };
}

/** What `sessionsmith history --json` and `sessionsmith list --status ended --json` print. */
export const historyDocument: JsonDocumentSpec = {
  title: "sessionsmith history --json",
  notes: ["`sessionsmith list --status ended --json` prints the same, without what was brought back."],
  keys: [
    ...storeListKeys,
    ...pageKeys,
    { path: "sessions", type: "array", description: "the ended sessions, the newest end first" },
    { path: "sessions[].key", type: "string", description: "session key" },
    { path: "sessions[].sessionId", type: "string", when: said, description: "id of the session" },
    { path: "sessions[].agentId", type: "string", description: "its agent" },
    { path: "sessions[].kind", type: "string", description: "kind by the key, in the words of --kind" },
    {
      path: "sessions[].reason",
      type: "string",
      description: "why it ended: an action of cleanup, reset or delete",
    },
    count("startedAt", "when it began"),
    count("updatedAt", "its last update"),
    { path: "sessions[].endedAt", type: "number", description: "when it ended first" },
    {
      path: "sessions[].restoredAt",
      type: "number",
      when: "if it was brought back",
      description: "when undo brought it back",
    },
    { path: "sessions[].label", type: "string", when: said, description: "label" },
    { path: "sessions[].model", type: "string", when: said, description: "model" },
    { path: "sessions[].modelProvider", type: "string", when: said, description: "provider of the model" },
    count("inputTokens", "tokens read"),
    count("outputTokens", "tokens written"),
    count("cacheRead", "tokens read from the cache"),
    count("cacheWrite", "tokens written into the cache"),
    count("totalTokens", "tokens in the context, unless out of date"),
    count("contextTokens", "size of the context window"),
    count("compactionCount", "compactions"),
    count("estimatedCostUsd", "cost in US dollars, as OpenClaw estimated it"),
    {
      path: "sessions[].operationId",
      type: "string",
      description: "the operation that ended it, for `undo`",
    },
    { path: "sessions[].status", type: "ended | restored", description: "whether it is still ended" },
    {
      path: "partial",
      type: "true",
      when: "if a store failed",
      description: "sessions of a store are missing",
    },
  ],
};
