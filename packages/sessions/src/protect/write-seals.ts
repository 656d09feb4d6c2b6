import type { LoadedSessions, SessionStore } from "@sessionsmith/core/store";
import type { ProtectedTranscripts } from "./protection.ts";
import { stampSeals } from "./row-of-session.ts";

/** Writes what is pending into the rows. */
export async function flushSeals(store: SessionStore, transcripts: ProtectedTranscripts): Promise<void> {
  if (transcripts.pending.size > 0) await updateWithSeals(store, transcripts, () => undefined);
}

/** Changes sessions as `update` does, and writes what is pending into their rows in the same go. */
export async function updateWithSeals<T>(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  mutate: (sessions: LoadedSessions) => T,
): Promise<T> {
  let written: ReadonlyMap<string, unknown> = new Map();
  const result = await store.update((sessions) => {
    const value = mutate(sessions);
    if (value instanceof Promise) return value;
    written = new Map(transcripts.pending);
    stampSeals(sessions, transcripts);
    return value;
  });
  for (const [sessionId, seal] of written)
    if (transcripts.pending.get(sessionId) === seal) transcripts.pending.delete(sessionId);
  return result;
}
