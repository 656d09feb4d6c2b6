import type { JsonDocumentSpec } from "./json-document.ts";

/** What `sessionsmith export --output <file> --json` prints. */
export const exportDocument: JsonDocumentSpec = {
  title: "sessionsmith export --output <file> --json",
  notes: ["Without `--output` the export itself is printed, in the form of `--format`."],
  keys: [
    { path: "ok", type: "true", description: "the file is written" },
    { path: "exported", type: "number", description: "sessions in it" },
    { path: "incomplete", type: "number", description: "sessions of which a part was left out" },
    { path: "file", type: "string", description: "path of the file" },
    { path: "format", type: "string", description: "its form" },
    { path: "redacted", type: "boolean", description: "true if secrets were masked" },
  ],
};

/** What `sessionsmith export-trajectory --json` prints. */
export const exportTrajectoryDocument: JsonDocumentSpec = {
  title: "sessionsmith export-trajectory --json",
  notes: ["The keys are those of `openclaw sessions export-trajectory --json`."],
  keys: [
    { path: "outputDir", type: "string", description: "the directory that was made" },
    { path: "displayPath", type: "string", description: "the same, from the workspace on" },
    { path: "sessionId", type: "string", description: "id of the session" },
    { path: "eventCount", type: "number", description: "events in it" },
    { path: "runtimeEventCount", type: "number", description: "events of the runtime" },
    { path: "transcriptEventCount", type: "number", description: "events of the transcript" },
    { path: "files", type: "array", description: "names of the files" },
  ],
};
