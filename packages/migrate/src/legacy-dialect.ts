/** Every dialect that is told apart, with what wrote it. */
export const legacyDialects = {
  L1: "one JSON file a session in a workspace (openclaw-python)",
  L2: "an index with the member `sessions`, and one transcript a session (openjavis)",
  L3: "one JSON file a session beside a camelCase index (openjavis)",
  L4: "store.json, and transcripts as plain text (openjavis, openxjarvis)",
  L5: "a snake_case index, and transcripts of bare messages (openclaw-python's tools)",
  L6: "one transcript of typed records a session in a workspace (openxjarvis)",
  L7: "the transcript of a scheduled job (openclaw-python)",
  "bytesagain-a": "the sessions of bytesagain's `session` script",
  "bytesagain-b": "the log of bytesagain's other `session` script",
  clodds: "the database of Clodds",
  "openclaw-flat": "OpenClaw's sessions directory from before there were agents",
} as const;

/** The name of a dialect. */
export type LegacyDialect = keyof typeof legacyDialects;
