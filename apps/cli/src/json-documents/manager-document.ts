import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

/** What is told of a checkpoint. */
function checkpointKeys(path: string): readonly JsonKeySpec[] {
  return [
    { path: `${path}.id`, type: "string", description: "its id" },
    { path: `${path}.sessionId`, type: "string", description: "id of the session that it was taken of" },
    { path: `${path}.key`, type: "string", description: "session key" },
    { path: `${path}.name`, type: "string", description: "its name; `[encrypted]` if no key was given" },
    { path: `${path}.description`, type: "string", when: "if it has one", description: "what it is for" },
    { path: `${path}.createdAt`, type: "number", description: "when it was taken" },
    { path: `${path}.messageCount`, type: "number", description: "how many messages it holds" },
  ];
}

/** What `sessionsmith checkpoint list --json` prints. */
export const checkpointListDocument: JsonDocumentSpec = {
  title: "sessionsmith checkpoint list --json",
  notes: [],
  keys: [
    { path: "stores", type: "array", description: "one for each store" },
    { path: "stores[].agentId", type: "string", description: "the agent" },
    { path: "stores[].path", type: "string", description: "absolute path of the index" },
    { path: "stores[].checkpoints", type: "array", description: "oldest first" },
    ...checkpointKeys("stores[].checkpoints[]"),
  ],
};

/** What `sessionsmith checkpoint save`, `restore` and `delete` print with `--json`. */
export const checkpointDocument: JsonDocumentSpec = {
  title: "sessionsmith checkpoint save|restore|delete --json",
  notes: [],
  keys: [
    { path: "ok", type: "true", description: "it was done, or could be" },
    { path: "dryRun", type: "boolean", description: "true for a preview" },
    {
      path: "operationId",
      type: "string | null",
      description:
        "the operation, for `undo`; null for a preview and for save, which `checkpoint delete` takes back",
    },
    { path: "checkpoint", type: "object", description: "the checkpoint" },
    ...checkpointKeys("checkpoint"),
  ],
};

/** What `sessionsmith freshness --json` prints. */
export const freshnessDocument: JsonDocumentSpec = {
  title: "sessionsmith freshness --json",
  notes: [],
  keys: [
    { path: "now", type: "number", description: "the moment that it was judged by" },
    { path: "stores", type: "array", description: "one for each store" },
    { path: "stores[].agentId", type: "string", description: "the agent" },
    { path: "stores[].path", type: "string", description: "absolute path of the index" },
    {
      path: "stores[].dailyReset",
      type: "string | null",
      description: "the time of day at which sessions give way to new ones, `HH:MM`; null: none",
    },
    {
      path: "stores[].idleResetMinutes",
      type: "number | null",
      description: "minutes without a message after which they do; null: none",
    },
    { path: "stores[].timeZone", type: "string", description: "the zone of that time" },
    { path: "stores[].sessions", type: "array", description: "newest first" },
    { path: "stores[].sessions[].key", type: "string", description: "session key" },
    { path: "stores[].sessions[].sessionId", type: "string | null", description: "session id" },
    {
      path: "stores[].sessions[].sessionStartedAt",
      type: "number | null",
      description: "when it began; null if unknown",
    },
    {
      path: "stores[].sessions[].lastInteractionAt",
      type: "number | null",
      description: "its last message; null if unknown",
    },
    {
      path: "stores[].sessions[].updatedAt",
      type: "number | null",
      description: "last update; null if unknown",
    },
    {
      path: "stores[].sessions[].nextResetAt",
      type: "number | null",
      description: "when it gives way to a new one; null: never by itself",
    },
    {
      path: "stores[].sessions[].reason",
      type: "daily | idle | null",
      description: "which of the two comes first",
    },
    {
      path: "stores[].sessions[].wouldReset",
      type: "boolean",
      description: "that time has come: its next message begins a new session",
    },
  ],
};

/** What `sessionsmith chat-command --json` prints. */
export const chatCommandDocument: JsonDocumentSpec = {
  title: "sessionsmith chat-command --json",
  notes: [],
  keys: [
    { path: "ok", type: "boolean", description: "false: nothing was done, and the text says why (exit 2)" },
    { path: "text", type: "string", description: "what a bot answers" },
    {
      path: "command",
      type: "string",
      when: "unless it is written wrong",
      description: "the command, without what follows it (`session list`)",
    },
  ],
};
