import { entryLabel, type JsonObject, readEntryObject, readEntryText } from "@sessionsmith/core";
import { listedSession } from "../listed-session.ts";
import type { SelectedSession, SessionSelection } from "../session-selection.ts";
import { formatPythonIsoTime } from "./python-time.ts";

/** A list as `list_sessions` of Aria's session_manager returns it (its file system era, February 2026). */
export interface AriaList {
  readonly session_count: number;
  readonly sessions: readonly AriaSession[];
}

/** One session of an {@link AriaList}. */
export interface AriaSession {
  /** The session id; the key if there is none, because Aria has no such rows. */
  readonly id: string;
  readonly sessionId: string | null;
  readonly key: string;
  readonly agentId: string;
  readonly session_type: "cron" | "cron_run" | "subagent" | "direct";
  readonly label: string | null;
  /** ISO 8601 with `+00:00`. */
  readonly updatedAt: string | null;
  readonly contextTokens: number | null;
  readonly model: string | null;
}

/** Gives a selection the shape of Aria's `list_sessions`. Rows and order are those of the selection. */
export function toAriaList({ sessions, query }: SessionSelection): AriaList {
  return {
    session_count: sessions.length,
    sessions: sessions.map((session) => ariaSession(session, query.now)),
  };
}

function ariaSession(session: SelectedSession, now: number): AriaSession {
  const { key, agentId, sessionId, updatedAt, entry } = session;
  const { contextTokens, model } = listedSession(session, now);
  return {
    id: sessionId ?? key,
    sessionId: sessionId ?? null,
    key,
    agentId,
    session_type: sessionType(session),
    label: ariaLabel(entry) ?? null,
    updatedAt: updatedAt === undefined ? null : formatPythonIsoTime(updatedAt),
    contextTokens: contextTokens ?? null,
    model: model ?? null,
  };
}

/** Aria tests the key for words; told by the parsed key here, so that a peer of such a name is no cron job. */
function sessionType({ kind }: SelectedSession): AriaSession["session_type"] {
  if (kind === "cron-run") return "cron_run";
  return kind === "cron" || kind === "subagent" ? kind : "direct";
}

/** Aria falls back from the label to where messages come from, then to where they go. */
function ariaLabel(entry: JsonObject): string | undefined {
  const origin = readEntryObject(entry, "origin");
  const delivery = readEntryObject(entry, "deliveryContext");
  return (
    entryLabel(entry) ??
    (origin && readEntryText(origin, "label")) ??
    (delivery && readEntryText(delivery, "to"))
  );
}
