import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

const ok: JsonKeySpec = { path: "ok", type: "true", description: "the order was carried out, or would be" };
const key: JsonKeySpec = { path: "key", type: "string", description: "session key" };
const entry: JsonKeySpec = {
  path: "entry",
  type: "object",
  description: "the row as it stands in the index now, or would",
};

/** What every order tells beside what it is about. */
const frame: readonly JsonKeySpec[] = [
  { path: "dryRun", type: "boolean", description: "true for a preview" },
  {
    path: "operationId",
    type: "string | null",
    description: "for `sessionsmith undo`; null for a preview, or if there was nothing to do",
  },
  { path: "warnings", type: "array", description: "what stayed as it was; exit 3 if there is any" },
];

/** The same of orders that end sessions. */
const endingFrame: readonly JsonKeySpec[] = [
  ...frame,
  {
    path: "historyRecorded",
    type: "boolean",
    description: "true if the ledger has a record of each session that ended",
  },
  { path: "sinks", type: "array", description: "further places that keep the history, and how they stand" },
];

const archived: JsonKeySpec = {
  path: "archived",
  type: "array",
  description:
    "absolute paths of the transcripts that left, in an archive or the trash; in a preview as they are now",
};

/** What `sessionsmith create --json` prints. */
export const createDocument: JsonDocumentSpec = {
  title: "sessionsmith create --json",
  notes: [],
  keys: [ok, key, { path: "sessionId", type: "string", description: "session id" }, entry, ...frame],
};

/** What `sessionsmith patch <session> --json` prints. */
export const patchDocument: JsonDocumentSpec = {
  title: "sessionsmith patch <session> --json",
  notes: [],
  keys: [
    ok,
    { path: "path", type: "string", description: "absolute path of the index" },
    key,
    entry,
    {
      path: "resolved",
      type: "object",
      description: "the model that the next run uses, as far as the row and the settings say",
    },
    { path: "resolved.modelProvider", type: "string", when: "if it is known", description: "its provider" },
    { path: "resolved.model", type: "string", when: "if it is known", description: "its name" },
    ...frame,
  ],
};

/** What `sessionsmith reset <session> --json` prints. */
export const resetDocument: JsonDocumentSpec = {
  title: "sessionsmith reset <session> --json",
  notes: [],
  keys: [
    ok,
    key,
    { path: "sessionId", type: "string", description: "the new session id" },
    entry,
    archived,
    ...endingFrame,
  ],
};

/** What `sessionsmith delete <session> --json` prints. */
export const deleteDocument: JsonDocumentSpec = {
  title: "sessionsmith delete <session> --json",
  notes: [],
  keys: [
    ok,
    key,
    { path: "deleted", type: "boolean", description: "false if only rows of another kind were meant" },
    archived,
    { path: "removedKeys", type: "array", description: "keys of the rows that left" },
    {
      path: "keptKeys",
      type: "array",
      description: "keys of rows that stay, because they are of another kind",
    },
    ...endingFrame,
  ],
};

/** What `sessionsmith compact <session> --json` prints. */
export const compactDocument: JsonDocumentSpec = {
  title: "sessionsmith compact <session> --json",
  notes: ["Lines are counted without blank ones."],
  keys: [
    ok,
    key,
    { path: "compacted", type: "boolean", description: "true if lines left" },
    {
      path: "reason",
      type: "no sessionId | no transcript",
      when: "if there is no transcript",
      description: "why not",
    },
    {
      path: "kept",
      type: "number",
      when: "with a transcript",
      description: "lines that stay, the header too",
    },
    { path: "removedLines", type: "number", description: "lines that left" },
    { path: "keptLines", type: "number", description: "lines that stay, without the header" },
    {
      path: "archivedPath",
      type: "string | null",
      description: "absolute path of the transcript as it was; null if nothing left, or for a preview",
    },
    ...frame,
  ],
};
