import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith show <session> --json` prints. */
export const showDocument: JsonDocumentSpec = {
  title: "sessionsmith show <session> --json",
  notes: ["`sessionsmith get` prints the same."],
  keys: [
    { path: "ok", type: "true", description: "the session was found" },
    { path: "key", type: "string", description: "session key" },
    {
      path: "agentId",
      type: "string",
      description: "the agent that the key names, else the one of the store",
    },
    { path: "path", type: "string", description: "absolute path of the index" },
    { path: "kind", type: "string", description: "what the key says that the session is" },
    { path: "sessionId", type: "string | null", description: "session id" },
    { path: "label", type: "string | null", description: "label" },
    { path: "title", type: "string | null", description: "a title for people" },
    { path: "updatedAt", type: "number | null", description: "last update; null if unknown" },
    {
      path: "status",
      type: "active | expired",
      description: "whether its lease holds; without one it is active",
    },
    { path: "lease", type: "object | null", description: "its lease" },
    { path: "lease.user", type: "string | null", when: "with a lease", description: "whose it is" },
    {
      path: "lease.ttlSeconds",
      type: "number | null",
      when: "with a lease",
      description: "time to live, seconds",
    },
    { path: "lease.lastAccessAt", type: "number | null", when: "with a lease", description: "last access" },
    { path: "lease.expiresAt", type: "number", when: "with a lease", description: "when it runs out" },
    {
      path: "lease.expiredAt",
      type: "number | null",
      when: "with a lease",
      description: "when it was ended before its time",
    },
    { path: "lease.meta", type: "object", when: "with a lease", description: "what the user keeps with it" },
    { path: "transcript", type: "object", description: "its transcript" },
    {
      path: "transcript.state",
      type: "missing | present | unknown | unnamed",
      description:
        "whether it is in the sessions directory; unnamed: the row names none; unknown: no regular file, or it could not be looked at",
    },
    {
      path: "transcript.path",
      type: "string | null",
      description: "absolute path; of a missing one where it would be",
    },
    { path: "transcript.bytes", type: "number | null", description: "size" },
    { path: "transcript.modifiedAt", type: "number | null", description: "last write" },
    {
      path: "rowFinding",
      type: "string | null",
      description: "why the row is not understood; then nothing else of it is told",
    },
    { path: "entry", type: "object", description: "the row as it stands in the index" },
  ],
};

/** What `sessionsmith preview <session…> --json` prints. */
export const previewDocument: JsonDocumentSpec = {
  title: "sessionsmith preview <session…> --json",
  notes: [],
  keys: [
    { path: "ts", type: "number", description: "when it was read, epoch ms" },
    { path: "previews", type: "array", description: "in the order of the words" },
    { path: "previews[].key", type: "string", description: "session key; of a missing session the word" },
    {
      path: "previews[].status",
      type: "ok | empty | missing | error",
      description: "missing: there is no such session; error: its transcript can't be read",
    },
    { path: "previews[].items", type: "array", description: "the last messages, oldest first" },
    { path: "previews[].items[].role", type: "string", when: "with messages", description: "who said it" },
    { path: "previews[].items[].text", type: "string", when: "with messages", description: "its text, cut" },
  ],
};

/** What `sessionsmith resolve <session> --json` prints. */
export const resolveDocument: JsonDocumentSpec = {
  title: "sessionsmith resolve <session> --json",
  notes: ["A word that means several sessions is an error; its `details.candidates` lists them."],
  keys: [
    { path: "ok", type: "true", description: "the session was found" },
    { path: "key", type: "string", description: "session key" },
    { path: "agentId", type: "string", description: "agent of the store" },
    { path: "path", type: "string", description: "absolute path of the index" },
    { path: "sessionId", type: "string | null", description: "session id" },
    { path: "by", type: "key | session-id | label | glob", description: "what the word is of the session" },
  ],
};
