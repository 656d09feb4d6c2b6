import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

const withMends = "with mends";
const withUnmended = "with unmended";
const failed = "if the store can't be repaired";

const mendKeys: readonly JsonKeySpec[] = [
  { path: "stores[].mends", type: "array", description: "what is mended, one after the other" },
  { path: "stores[].mends[].domain", type: "string", when: withMends, description: "kind of repair" },
  {
    path: "stores[].mends[].what",
    type: "string",
    when: withMends,
    description: "stable word, such as row-restored, row-rebuilt or duplicate-settled",
  },
  {
    path: "stores[].mends[].key",
    type: "string | null",
    when: withMends,
    description: "session key that the row has afterwards",
  },
  {
    path: "stores[].mends[].sessionId",
    type: "string | null",
    when: withMends,
    description: "its session id",
  },
  {
    path: "stores[].mends[].file",
    type: "string | null",
    when: withMends,
    description: "file that is mended, or mended from",
  },
  {
    path: "stores[].mends[].from",
    type: "string | null",
    when: withMends,
    description: "what was there before",
  },
  {
    path: "stores[].mends[].to",
    type: "string | null",
    when: withMends,
    description: "what is there afterwards",
  },
  {
    path: "stores[].mends[].count",
    type: "number | null",
    when: withMends,
    description: "how many, if it stands for several",
  },
  {
    path: "stores[].mends[].savedBytes",
    type: "number | null",
    when: withMends,
    description: "bytes that the index gets smaller by",
  },
  {
    path: "stores[].mends[].reasons",
    type: "array",
    when: withMends,
    description: "stable words: where a row comes from, why something is mended",
  },
];

const unmendedKeys: readonly JsonKeySpec[] = [
  { path: "stores[].unmended", type: "array", description: "what is not in order and stays as it is" },
  { path: "stores[].unmended[].domain", type: "string", when: withUnmended, description: "kind of repair" },
  { path: "stores[].unmended[].what", type: "string", when: withUnmended, description: "stable word" },
  { path: "stores[].unmended[].key", type: "string | null", when: withUnmended, description: "session key" },
  {
    path: "stores[].unmended[].file",
    type: "string | null",
    when: withUnmended,
    description: "name of the file",
  },
  { path: "stores[].unmended[].reasons", type: "array", when: withUnmended, description: "why it stays" },
];

/** What `sessionsmith repair --json` prints. */
export const repairDocument: JsonDocumentSpec = {
  title: "sessionsmith repair --json",
  notes: ["A preview and `--apply` have the same shape and the same numbers."],
  keys: [
    { path: "dryRun", type: "boolean", description: "true unless --apply was given" },
    { path: "allAgents", type: "boolean", description: "true if every agent was asked for" },
    { path: "domains", type: "array", description: "the kinds of repair that were asked for" },
    { path: "stores", type: "array", description: "the stores, in order" },
    { path: "stores[].agentId", type: "string", description: "agent of the store" },
    { path: "stores[].storePath", type: "string", description: "path of its index" },
    {
      path: "stores[].index",
      type: "readable | unreadable | absent | missing | null",
      description:
        "what the index was before; absent beside transcripts, or missing with the whole store; null if the store can't be repaired",
    },
    {
      path: "stores[].beforeCount",
      type: "number | null",
      description: "rows that count before; null if the index could not be read",
    },
    { path: "stores[].afterCount", type: "number | null", description: "rows that count afterwards" },
    { path: "stores[].savedBytes", type: "number", description: "bytes that the index gets smaller by" },
    ...mendKeys,
    ...unmendedKeys,
    { path: "stores[].error", type: "object", when: failed, description: "why: code, message and hint" },
    { path: "stores[].error.code", type: "string", when: failed, description: "error code" },
    { path: "stores[].error.message", type: "string", when: failed, description: "what is wrong" },
    { path: "stores[].error.hint", type: "string | null", when: failed, description: "what to do next" },
    { path: "wouldMutate", type: "boolean", description: "true if something is to be done" },
    { path: "digest", type: "string", description: "sha256 of the plan" },
    {
      path: "operationId",
      type: "string | null",
      description: "what `undo` takes back; null for a preview, or if nothing was done",
    },
    { path: "warnings", type: "array", description: "what could not be done, one sentence each" },
  ],
};
