import type { JsonKeySpec } from "./json-document.ts";

/** The stores that a document speaks of, as every document on several of them begins. */
export const storeListKeys: readonly JsonKeySpec[] = [
  {
    path: "path",
    type: "string | null",
    description: "path of the index; null if several stores are looked at together",
  },
  {
    path: "stores",
    type: "array",
    when: "for several stores",
    description: "the stores that were asked for",
  },
  { path: "stores[].agentId", type: "string", when: "for several stores", description: "agent of the store" },
  { path: "stores[].path", type: "string", when: "for several stores", description: "path of its index" },
  {
    path: "stores[].error",
    type: "object",
    when: "if it can't be read",
    description: "why: code and message",
  },
  { path: "stores[].error.code", type: "string", when: "if it can't be read", description: "error code" },
  {
    path: "stores[].error.message",
    type: "string",
    when: "if it can't be read",
    description: "what is wrong",
  },
  {
    path: "allAgents",
    type: "true",
    when: "with --all-agents",
    description: "every configured agent was asked for",
  },
];

/** How much of what matches a document shows. */
export const pageKeys: readonly JsonKeySpec[] = [
  { path: "count", type: "number", description: "sessions in this document" },
  { path: "totalCount", type: "number", description: "sessions that match" },
  { path: "limitApplied", type: "number | null", description: "the limit; null for all" },
  { path: "hasMore", type: "boolean", description: "true if further sessions match after the last one" },
];
