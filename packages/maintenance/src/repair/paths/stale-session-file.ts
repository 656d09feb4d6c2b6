import { type ReadFs, resolveSessionFile, type RowFacts, type StorePlace } from "@sessionsmith/core";

/** What is wrong with the `sessionFile` of a row whose transcript is in its directory. */
export interface StalePointer {
  readonly why: "session-file-relocated" | "session-file-stale" | "session-file-unsafe";
  /** What the field should say; undefined if it should go, because the session id says it. */
  readonly name: string | undefined;
}

/**
 * Tells whether the `sessionFile` of a row leads elsewhere than to its transcript: to the directory that the store had once, to a file
 * that is gone, or where no transcript may be. A file elsewhere that exists is somebody's, and the pointer to it stays.
 */
export function stalePointer(
  fs: ReadFs,
  { row, transcript }: RowFacts,
  place: StorePlace,
): StalePointer | undefined {
  const { sessionFile, sessionId } = row;
  if (sessionFile === undefined) return undefined;
  const led = resolveSessionFile(sessionFile, place);
  const nameOf = (name: string): string | undefined => (name === `${sessionId}.jsonl` ? undefined : name);
  if (led.kind === "unsafe") return { why: "session-file-unsafe", name: undefined };
  if (transcript.state !== "present") return undefined;
  if (transcript.relocated) return { why: "session-file-relocated", name: nameOf(transcript.name) };
  if (led.kind === "inside")
    return led.name === transcript.name
      ? undefined
      : { why: "session-file-stale", name: nameOf(transcript.name) };
  return fs.lstat(led.path) === undefined
    ? { why: "session-file-stale", name: nameOf(transcript.name) }
    : undefined;
}
