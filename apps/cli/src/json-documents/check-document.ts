import type { JsonDocumentSpec, JsonKeySpec } from "./json-document.ts";

const readable = "null if the index can't be read";

/** The keys of one finding at a path. */
function findingKeys(path: string): readonly JsonKeySpec[] {
  return [
    { path: `${path}[].id`, type: "string", description: "id of the finding, as `explain` knows it" },
    { path: `${path}[].severity`, type: "error | warning | info", description: "how serious it is" },
    {
      path: `${path}[].place`,
      type: "object",
      description: "where: path, key, field, offset (bytes), line; what is known of these",
    },
    {
      path: `${path}[].details`,
      type: "object",
      when: "if there are any",
      description: "counts, sizes, types and names that explain it",
    },
    { path: `${path}[].title`, type: "string", description: "what it is, in a line" },
    { path: `${path}[].remedy`, type: "string", description: "what to do about it" },
    {
      path: `${path}[].command`,
      type: "string | null",
      description: "the command that mends it, if one does",
    },
  ];
}

/** What `sessionsmith check --json` prints. */
export const checkDocument: JsonDocumentSpec = {
  title: "sessionsmith check --json",
  notes: ["The keys of `place` and `details` depend on the finding."],
  keys: [
    { path: "ok", type: "boolean", description: "true if no finding is an error" },
    { path: "deep", type: "boolean", description: "true if every line of every transcript was looked at" },
    { path: "errors", type: "number", description: "findings that are errors" },
    { path: "warnings", type: "number", description: "findings that are warnings" },
    { path: "infos", type: "number", description: "findings that are worth knowing" },
    { path: "findings", type: "array", description: "findings on the settings, and on where stores lie" },
    ...findingKeys("findings"),
    { path: "stores", type: "array", description: "the stores that were checked" },
    { path: "stores[].agentId", type: "string", description: "agent of the store" },
    { path: "stores[].storePath", type: "string", description: "path of its index" },
    {
      path: "stores[].era",
      type: "string | null",
      description:
        "json, mixed, unknown or empty; database for a session manager's own; null if the store could not be looked at",
    },
    { path: "stores[].sessions", type: "number | null", description: `rows that count; ${readable}` },
    { path: "stores[].transcripts", type: "number", description: "how many transcripts there are" },
    {
      path: "stores[].transcriptsLookedAt",
      type: "number",
      description: "how many of them were looked into: with --deep all, else the 2,000 written last",
    },
    { path: "stores[].findings", type: "array", description: "findings on the store" },
    ...findingKeys("stores[].findings"),
    { path: "stores[].files", type: "array", description: "classes of files, the largest first" },
    { path: "stores[].files[].class", type: "string", description: "what the files are by their names" },
    { path: "stores[].files[].count", type: "number", description: "how many there are" },
    { path: "stores[].files[].bytes", type: "number", description: "what they take together" },
    { path: "stores[].fields", type: "array", description: "fields of the rows, the largest first" },
    { path: "stores[].fields[].field", type: "string", description: "name of the field" },
    { path: "stores[].fields[].rows", type: "number", description: "rows that have it" },
    { path: "stores[].fields[].bytes", type: "number", description: "bytes of its names and values" },
    {
      path: "stores[].error",
      type: "object",
      when: "if the store could not be looked at",
      description: "why: code and message",
    },
    {
      path: "stores[].error.code",
      type: "string",
      when: "if the store could not be looked at",
      description: "error code",
    },
    {
      path: "stores[].error.message",
      type: "string",
      when: "if the store could not be looked at",
      description: "what is wrong",
    },
  ],
};
