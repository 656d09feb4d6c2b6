import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

const decisionWhen = "with --details";
const rescopeWhen = "with --rescope";
const budgetWhen = "with maxDiskBytes";
const appliedWhen = "if it was done";

const storeKeys: readonly JsonKeySpec[] = [
  { path: "agentId", type: "string", description: "the agent that the store was taken for" },
  { path: "storePath", type: "string", description: "absolute path of the index" },
  {
    path: "mode",
    type: "warn | enforce",
    description: "enforce with --enforce, else session.maintenance.mode",
  },
  { path: "dryRun", type: "boolean", description: "true for a preview" },
  { path: "preset", type: "safe | openclaw-2026.5", description: "the rules that judged" },
  { path: "beforeCount", type: "number", description: "rows in the index" },
  {
    path: "afterCount",
    type: "number",
    description: "rows that stay: beforeCount minus the next eight counts",
  },
  { path: "missing", type: "number", description: "rows whose transcript is missing" },
  { path: "dmScopeRetired", type: "number", description: "rows of direct messages from an earlier dmScope" },
  { path: "modelRunPruned", type: "number", description: "rows of model probes" },
  { path: "expired", type: "number", description: "rows whose lease has run out" },
  { path: "ghosts", type: "number", description: "rows without a message" },
  { path: "pruned", type: "number", description: "rows older than pruneAfter" },
  { path: "capped", type: "number", description: "rows beyond maxEntries" },
  { path: "evicted", type: "number", description: "rows that leave for the disk budget" },
  { path: "rekeyed", type: "number", description: "rows that stay under another key" },
  { path: "repaired", type: "number", description: "rows that stay, mended" },
  {
    path: "staged",
    type: "number",
    description: "rows that stay as metadata only: their transcript goes into the archive",
  },
  { path: "unreferencedArtifacts", type: "object", description: "files that no row references" },
  { path: "unreferencedArtifacts.scannedFiles", type: "number", description: "files that were looked at" },
  { path: "unreferencedArtifacts.archivedFiles", type: "number", description: "files that leave" },
  {
    path: "unreferencedArtifacts.removedFiles",
    type: "number",
    description: "the same as archivedFiles, under OpenClaw's name",
  },
  {
    path: "unreferencedArtifacts.freedBytes",
    type: "number",
    description: "bytes that leave the sessions directory",
  },
  { path: "unreferencedArtifacts.olderThanMs", type: "number", description: "younger files stay" },
  { path: "archives", type: "object", description: "expired archives" },
  { path: "archives.purgedFiles", type: "number", description: "archives that leave" },
  { path: "archives.freedBytes", type: "number", description: "bytes that leave the sessions directory" },
  { path: "diskBudget", type: "object | null", description: "the disk budget; null without maxDiskBytes" },
  {
    path: "diskBudget.totalBytesBefore",
    type: "number",
    when: budgetWhen,
    description: "visible bytes that count, once the other passes have done their work",
  },
  {
    path: "diskBudget.totalBytesAfter",
    type: "number",
    when: budgetWhen,
    description: "the same once the budget has",
  },
  {
    path: "diskBudget.removedFiles",
    type: "number",
    when: budgetWhen,
    description: "files that leave for it, those of evicted rows too",
  },
  {
    path: "diskBudget.removedEntries",
    type: "number",
    when: budgetWhen,
    description: "rows that leave for it",
  },
  { path: "diskBudget.freedBytes", type: "number", when: budgetWhen, description: "bytes of these files" },
  { path: "diskBudget.maxBytes", type: "number", when: budgetWhen, description: "maxDiskBytes" },
  {
    path: "diskBudget.highWaterBytes",
    type: "number",
    when: budgetWhen,
    description: "what it goes down to",
  },
  {
    path: "diskBudget.overBudget",
    type: "boolean",
    when: budgetWhen,
    description: "totalBytesBefore is above maxBytes",
  },
  {
    path: "diskBudget.byClass",
    type: "array",
    when: budgetWhen,
    description: "visible bytes by class: {class, beforeBytes, afterBytes, counted}",
  },
  {
    path: "diskBudget.stillOverBytes",
    type: "number",
    when: budgetWhen,
    description: "bytes above maxBytes that must stay",
  },
  {
    path: "diskBudget.expiredTrashBytes",
    type: "number",
    when: budgetWhen,
    description: "bytes of expired operations, which an enforced budget purges first if it is exceeded",
  },
  {
    path: "diskBudget.reclaimableBytes",
    type: "number",
    when: budgetWhen,
    description: "bytes of the whole trash, which pack makes less and purge gives back",
  },
  { path: "wouldMutate", type: "boolean", description: "true if anything would change" },
  {
    path: "wouldApply",
    type: "boolean",
    description:
      "true if the same command without --dry-run acts: mode enforce does all of it, mode warn what was ordered by hand " +
      "(--older-than, --fix-missing, --fix-dm-scope, --rescope, --expired, --ghosts); and no guard in the way",
  },
  {
    path: "blockedBy",
    type: "array",
    description: "guards that hold it back: mass (too much would go, or the clock is odd), orphans",
  },
  {
    path: "errors",
    type: "array",
    description: "what could not be done: {key, sessionId, code, message}; exit 3 if there is any",
  },
  { path: "thresholds", type: "object", description: "the limits that judged" },
  { path: "thresholds.pruneAfterMs", type: "number", description: "rows updated longer ago are stale" },
  {
    path: "thresholds.olderThanMs",
    type: "number | null",
    description: "the age of --older-than, for the rows that it is about; null if not given",
  },
  { path: "thresholds.maxEntries", type: "number", description: "rows beyond it are capped, oldest first" },
  { path: "thresholds.minAgeMs", type: "number", description: "what was written more recently is in use" },
  {
    path: "thresholds.resetArchiveRetentionMs",
    type: "number | null",
    description: "older .reset. archives leave; null keeps them for ever",
  },
  { path: "thresholds.maxDiskBytes", type: "number | null", description: "the disk budget; null for none" },
  {
    path: "thresholds.highWaterBytes",
    type: "number | null",
    description: "what the disk budget goes down to",
  },
  {
    path: "digest",
    type: "string",
    description: "sha256 of the plan; the same for the same store and rules",
  },
  {
    path: "rescoped",
    type: "array",
    when: rescopeWhen,
    description: "sessions that get another key, or leave for one that has it; `rekeyed` counts the former",
  },
  { path: "rescoped[].from", type: "string", when: rescopeWhen, description: "the key of the session" },
  {
    path: "rescoped[].to",
    type: "string",
    when: rescopeWhen,
    description: "the key under which the conversation goes on",
  },
  {
    path: "rescoped[].action",
    type: "string",
    when: rescopeWhen,
    description: "rekey, or retire-dm-scope if a fresher session of the same person has the key",
  },
  {
    path: "rescoped[].joins",
    type: "array",
    when: rescopeWhen,
    description:
      "the peers, as channel:id, whose sessions come together under that key: each can then read what is in it",
  },
  { path: "applied", type: "true", when: appliedWhen, description: "the plan was carried out" },
  { path: "appliedCount", type: "number", when: appliedWhen, description: "rows left, as OpenClaw counts" },
  {
    path: "operationId",
    type: "string | null",
    when: appliedWhen,
    description: "the operation, for `undo`; null if there was nothing to do",
  },
  {
    path: "historyRecorded",
    type: "boolean",
    when: appliedWhen,
    description: "true if the ledger has a line for each session that ended",
  },
  { path: "decisions", type: "array", when: decisionWhen, description: "one for each row, kept ones too" },
  { path: "decisions[].key", type: "string", when: decisionWhen, description: "session key" },
  {
    path: "decisions[].sessionId",
    type: "string | null",
    when: decisionWhen,
    description: "id of the session",
  },
  {
    path: "decisions[].action",
    type: "string",
    when: decisionWhen,
    description: "keep, or the pass that takes it",
  },
  { path: "decisions[].reasons", type: "array", when: decisionWhen, description: "why, in stable words" },
  {
    path: "decisions[].ageMs",
    type: "number | null",
    when: decisionWhen,
    description: "time since the last update; null if unknown",
  },
  { path: "decisions[].model", type: "string | null", when: decisionWhen, description: "model of the row" },
  { path: "labels", type: "array", when: decisionWhen, description: "the same counted by label" },
  {
    path: "labels[].label",
    type: "string | null",
    when: decisionWhen,
    description: "label; null for the rows without one",
  },
  { path: "labels[].kept", type: "number", when: decisionWhen, description: "rows that stay" },
  { path: "labels[].removed", type: "number", when: decisionWhen, description: "rows that leave" },
];

/** What `sessionsmith cleanup --json` prints for one store. */
export const cleanupDocument: JsonDocumentSpec = {
  title: "sessionsmith cleanup --json",
  notes: [],
  keys: storeKeys,
};

/** What `sessionsmith cleanup --all-agents --json` prints. */
export const cleanupAllDocument: JsonDocumentSpec = {
  title: "sessionsmith cleanup --all-agents --json",
  notes: [
    "A store that failed has the key `error` in place of the others; the rest is done, and the exit status is 3.",
  ],
  keys: [
    { path: "allAgents", type: "true", description: "several stores were asked for" },
    {
      path: "mode",
      type: "warn | enforce",
      description: "enforce with --enforce, else session.maintenance.mode",
    },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    {
      path: "stores",
      type: "array",
      description: "one document for each store, as above, in the order of the agents",
    },
    {
      path: "stores[].error",
      type: "object",
      when: "if this store failed",
      description: "code, message, hint and details of the error",
    },
  ],
};
