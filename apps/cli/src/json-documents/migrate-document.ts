import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";
import { undoKeys } from "./taken-back-document.ts";

const brought = "for a session that is, or would be, in a store";

const findingKeys: readonly JsonKeySpec[] = [
  { path: "findings", type: "array", description: "what was noticed; see docs/findings.md" },
  { path: "findings[].id", type: "string", when: "with findings", description: "id of the finding" },
  {
    path: "findings[].severity",
    type: "error | warning | info",
    when: "with findings",
    description: "how bad it is",
  },
  {
    path: "findings[].place",
    type: "object",
    when: "with findings",
    description: "path, and as far as they are known key, field, line and byte offset",
  },
  {
    path: "findings[].details",
    type: "object",
    when: "if there is more to say",
    description: "what explains it; never conversation text",
  },
];

const sessionKeys: readonly JsonKeySpec[] = [
  { path: "sessions", type: "array", description: "every legacy session, in order of the files" },
  {
    path: "sessions[].path",
    type: "string",
    when: "with sessions",
    description: "absolute path of its file",
  },
  { path: "sessions[].dialect", type: "string", when: "with sessions", description: "dialect of its store" },
  { path: "sessions[].legacyId", type: "string", when: "with sessions", description: "its id there" },
  {
    path: "sessions[].outcome",
    type: "migrate | there | duplicate | left",
    when: "with sessions",
    description: "it is brought in, is there already, is contained in another file, or stays where it is",
  },
  { path: "sessions[].agentId", type: "string", when: brought, description: "agent of the store" },
  { path: "sessions[].storePath", type: "string", when: brought, description: "absolute path of the index" },
  { path: "sessions[].sessionId", type: "string", when: brought, description: "session id in the store" },
  {
    path: "sessions[].keys",
    type: "array",
    when: "with sessions",
    description: "its session key, then others that lead to it",
  },
  {
    path: "sessions[].keyOrigin",
    type: "map | metadata | id | legacy",
    when: brought,
    description: "what told the key: an index or session_map.json, metadata, the id, or nothing",
  },
  {
    path: "sessions[].transcript",
    type: "string",
    when: "if it has one",
    description: "name of the transcript beside the index",
  },
  {
    path: "sessions[].messages",
    type: "number",
    when: "with sessions",
    description: "messages that were read",
  },
  {
    path: "sessions[].updatedAt",
    type: "number",
    when: "with sessions",
    description: "when it was used last",
  },
  {
    path: "sessions[].updatedFrom",
    type: "store | message | mtime",
    when: "with sessions",
    description: "what says so: the store, its last message, or the time of the file",
  },
];

/** What `sessionsmith migrate <workspace> --json` prints. */
export const migrateDocument: JsonDocumentSpec = {
  title: "sessionsmith migrate <workspace> --json",
  notes: ["A preview (`--dry-run`) and a run print the same numbers."],
  keys: [
    {
      path: "status",
      type: "success | partial | not_found",
      description:
        "partial: a file has an error, or something could not be done (exit 3); not_found: exit 10",
    },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    { path: "workspace", type: "string", description: "absolute path of what was looked into" },
    { path: "sessionsFound", type: "number", description: "legacy sessions" },
    { path: "migrated", type: "number", description: "sessions that were brought in, or would be" },
    { path: "alreadyThere", type: "number", description: "sessions that an earlier migration brought in" },
    { path: "duplicates", type: "number", description: "sessions that another file contains" },
    { path: "left", type: "number", description: "sessions that stay where they are" },
    { path: "messages", type: "number", description: "messages of the sessions that were brought in" },
    { path: "errors", type: "number", description: "findings that are errors" },
    { path: "errorDetails", type: "array", description: "these errors" },
    { path: "errorDetails[].file", type: "string", when: "with errors", description: "absolute path" },
    { path: "errorDetails[].code", type: "string", when: "with errors", description: "id of the finding" },
    { path: "errorDetails[].error", type: "string", when: "with errors", description: "what is wrong" },
    { path: "errorDetails[].line", type: "number | null", when: "with errors", description: "line, from 1" },
    { path: "errorDetails[].offset", type: "number | null", when: "with errors", description: "byte offset" },
    { path: "backupDir", type: "string | null", description: "where the originals were copied or moved to" },
    {
      path: "operationId",
      type: "string | null",
      description: "the operation, be it an interrupted one that was finished; null if nothing was done",
    },
    { path: "digest", type: "string", description: "sha256 of the plan" },
    { path: "stores", type: "array", description: "the stores that sessions belong in" },
    { path: "stores[].agentId", type: "string", when: "with stores", description: "agent" },
    {
      path: "stores[].storePath",
      type: "string",
      when: "with stores",
      description: "absolute path of the index",
    },
    { path: "stores[].addedRows", type: "number", when: "with stores", description: "rows that were added" },
    {
      path: "stores[].addedTranscripts",
      type: "number",
      when: "with stores",
      description: "transcripts that were added",
    },
    ...sessionKeys,
    ...findingKeys,
    { path: "warnings", type: "array", description: "what could not be done; exit 3 if there is any" },
  ],
};

/** What `sessionsmith migrate detect <path> --json` prints. */
export const migrateDetectDocument: JsonDocumentSpec = {
  title: "sessionsmith migrate detect <path> --json",
  notes: [],
  keys: [
    { path: "path", type: "string", description: "absolute path of what was looked into" },
    { path: "sessionsFound", type: "number", description: "legacy sessions; exit 10 if there is none" },
    { path: "files", type: "array", description: "the files that were looked at" },
    { path: "files[].path", type: "string", description: "absolute path" },
    { path: "files[].dialect", type: "string | null", description: "null for a file of no known dialect" },
    {
      path: "files[].role",
      type: "session | index | map | transcript | database | other",
      description: "what it is in its store",
    },
    { path: "files[].why", type: "string", description: "what it was told by" },
    ...findingKeys,
  ],
};

/** What `sessionsmith migrate verify <workspace> --json` prints. */
export const migrateVerifyDocument: JsonDocumentSpec = {
  title: "sessionsmith migrate verify <workspace> --json",
  notes: ["Exit 4 unless every session is `same` or `duplicate`."],
  keys: [
    { path: "workspace", type: "string", description: "absolute path of what was looked into" },
    { path: "verified", type: "object", description: "how many sessions there are of each verdict" },
    { path: "verified.same", type: "number", description: "in a store with all messages" },
    { path: "verified.missing", type: "number", description: "not in a store" },
    { path: "verified.differs", type: "number", description: "with another message, or one less" },
    { path: "verified.left", type: "number", description: "could not be migrated, or has changed since" },
    { path: "verified.duplicate", type: "number", description: "contained in another file" },
    { path: "sessions", type: "array", description: "every legacy session" },
    { path: "sessions[].path", type: "string", description: "absolute path of its file" },
    { path: "sessions[].legacyId", type: "string", description: "its id there" },
    { path: "sessions[].sessionId", type: "string | null", description: "session id in the store" },
    { path: "sessions[].keys", type: "array", description: "its session keys" },
    { path: "sessions[].messages", type: "number", description: "messages that were read" },
    {
      path: "sessions[].verdict",
      type: "same | missing | differs | left | duplicate",
      description: "how it compares",
    },
    {
      path: "sessions[].firstDifference",
      type: "number | null",
      description: "the first message that differs, from 1",
    },
  ],
};

/** What `sessionsmith migrate rollback <operation> --json` prints. */
export const migrateRollbackDocument: JsonDocumentSpec = {
  title: "sessionsmith migrate rollback <operation> --json",
  notes: ["What has gone on since the migration is left as it is, and is a conflict."],
  keys: undoKeys,
};
