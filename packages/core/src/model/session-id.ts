/**
 * What a session id is good for (OpenClaw 2026.5.28 store format).
 * `file-name`: it names a transcript. `not-a-file-name`: OpenClaw keeps such a row, but takes the id away from it unless
 * the row has a `sessionFile`. `unsafe`: OpenClaw drops the whole row when it loads the index.
 */
export type SessionIdClass = "file-name" | "not-a-file-name" | "unsafe";

const checkpointEnd = /\.checkpoint\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Tells what a session id is good for. Pure; reads nothing. */
export function classifySessionId(id: string): SessionIdClass {
  if (id.length > 255 || !/^[A-Za-z0-9][A-Za-z0-9._:@-]*$/.test(id)) return "unsafe";
  return /^[a-z0-9][a-z0-9._-]{0,127}$/i.test(id) && !checkpointEnd.test(id)
    ? "file-name"
    : "not-a-file-name";
}
