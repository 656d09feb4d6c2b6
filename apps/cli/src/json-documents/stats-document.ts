import type { JsonDocumentSpec } from "./json-document.ts";
import { storeListKeys } from "./store-list-keys.ts";

/** What `sessionsmith stats --json` prints. */
export const statsDocument: JsonDocumentSpec = {
  title: "sessionsmith stats --json",
  notes: ["Every session is active, stale or of unknown age."],
  keys: [
    ...storeListKeys,
    { path: "totalSessions", type: "number", description: "sessions in the index" },
    { path: "activeSessions", type: "number", description: "updated within staleAfterMs" },
    { path: "staleSessions", type: "number", description: "not updated for longer" },
    { path: "unknownAgeSessions", type: "number", description: "sessions whose last update is not known" },
    { path: "staleAfterMs", type: "number", description: "the limit, --stale-after" },
    { path: "byAgent", type: "object", description: "sessions by agent" },
    { path: "byAgent.{}", type: "number", when: "if there are any", description: "sessions of this agent" },
    { path: "byKind", type: "object", description: "sessions by the kind of their key" },
    { path: "byKind.{}", type: "number", when: "if there are any", description: "sessions of this kind" },
    { path: "leases", type: "object", description: "the sessions that have a lease" },
    { path: "leases.active", type: "number", description: "leases that hold" },
    { path: "leases.expired", type: "number", description: "leases that have run out" },
    { path: "leases.users", type: "number", description: "different users" },
    {
      path: "leases.averageTtlSeconds",
      type: "number | null",
      description: "average time to live; null if no lease has one",
    },
    { path: "bytes", type: "object", description: "bytes of the files directly in the sessions directories" },
    { path: "bytes.total", type: "number", description: "all of them" },
    { path: "bytes.index", type: "number", description: "the indexes" },
    { path: "bytes.transcripts", type: "number", description: "transcripts, of sessions or of none" },
    { path: "bytes.archives", type: "number", description: "transcripts that were archived" },
    {
      path: "bytes.sidecars",
      type: "number",
      description: "checkpoints, trajectories, backups and the like",
    },
    { path: "bytes.other", type: "number", description: "files that the format does not know" },
    {
      path: "partial",
      type: "true",
      when: "if a store failed",
      description: "sessions of a store are missing",
    },
    { path: "findings", type: "object", description: "what was noticed" },
    { path: "findings.count", type: "number", description: "how many findings" },
    { path: "findings.ids", type: "array", description: "their ids, each once" },
  ],
};
