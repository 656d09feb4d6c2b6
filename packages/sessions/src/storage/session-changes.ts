import type { SessionChange, SessionRemoval, SessionRenewal } from "@sessionsmith/core/store";
import type { SessionsChange } from "../change/sessions-change.ts";
import { requireCheckpoint, retiredCheckpoint } from "./checkpoint-file.ts";
import { headerLine } from "./header-line.ts";
import { sessionRow, turnTo } from "./session-row.ts";
import type { StorageLook } from "./storage-look.ts";
import { replaceTranscript, transcriptOf } from "./transcript-file.ts";

/** Taking the lines of a session away: its transcript becomes a header, and what it was a backup beside it. */
export function clearChange(
  look: StorageLook,
  { key, sessionId, changeEntry }: SessionChange,
): SessionsChange {
  const { host, snapshot, now } = look;
  const ordered = sessionRow(snapshot, { key, sessionId });
  const file = transcriptOf(snapshot, ordered, sessionId);
  const reason = "clear";
  const content = { source: "inline", text: headerLine(sessionId, look) } as const;
  const writes = file.fact === undefined ? [] : replaceTranscript(host, snapshot, { file, content, reason });
  const turn = turnTo(ordered.entry, changeEntry(ordered.entry), { reason });
  return { command: "clear", policy: { key, sessionId }, now, turns: new Map([[key, turn]]), writes };
}

/** Giving a key another session: the transcript of the former one becomes an archive. */
export function resetChange(
  { snapshot, now }: StorageLook,
  { key, sessionId, newSessionId, reason, changeEntry }: SessionChange & SessionRenewal,
): SessionsChange {
  const ordered = sessionRow(snapshot, { key, sessionId });
  transcriptOf(snapshot, ordered, sessionId);
  const after = { ...changeEntry(ordered.entry), sessionId: newSessionId };
  const turn = turnTo(ordered.entry, after, { reason, transcriptsTo: "archive-reset", ends: true });
  return { command: "reset", policy: { key, reason }, now, turns: new Map([[key, turn]]) };
}

/** Taking sessions out: their transcripts go to the trash, and with them the checkpoints that are named. */
export function removeChange(
  { host, snapshot, now }: StorageLook,
  { sessions, checkpointIds }: SessionRemoval,
): SessionsChange {
  const reason = "older-than";
  for (const session of sessions) transcriptOf(snapshot, sessionRow(snapshot, session), session.sessionId);
  const turn = { action: "delete", reason, transcriptsTo: "trash", ends: true } as const;
  const turns = new Map(sessions.map(({ key }) => [key, turn] as const));
  const retired = checkpointIds.map((id) =>
    retiredCheckpoint(requireCheckpoint({ host, snapshot }, id), reason),
  );
  return { command: "cleanup", policy: { sessions: sessions.map(({ key }) => key) }, now, turns, retired };
}

/** Taking a checkpoint away: it goes to the trash. */
export function deleteCheckpointChange(look: StorageLook, id: string): SessionsChange {
  const retired = [retiredCheckpoint(requireCheckpoint(look, id), "asked-for")];
  return {
    command: "checkpoint delete",
    policy: { checkpoint: id },
    now: look.now,
    turns: new Map(),
    retired,
  };
}
