import {
  chatTypeOf,
  coarseListKind,
  entryLabel,
  type JsonObject,
  type JsonValue,
  parseSessionKey,
  readEntryFlag,
  readEntryNumber,
  readEntryObject,
  readEntryText,
} from "@sessionsmith/core";
import { listedSession } from "../listed-session.ts";
import type { SelectedSession, SessionSelection } from "../session-selection.ts";

/** A list as the gateway method `sessions.list` of openclaw-python answers it (February 2026). */
export interface OpenClawPythonList {
  /** Epoch ms. */
  readonly ts: number;
  /** Path of the index; that of the first store if there are several, because its lists know only one. */
  readonly path: string | null;
  readonly count: number;
  /** Taken from the first session. */
  readonly defaults: OpenClawPythonDefaults;
  readonly sessions: readonly OpenClawPythonSession[];
}

/** What openclaw-python takes for the defaults of a store. */
export interface OpenClawPythonDefaults {
  readonly modelProvider: string | null;
  readonly model: string | null;
  readonly contextTokens: number | null;
}

/** One row of an {@link OpenClawPythonList}: always the same 32 keys, null where the row says nothing. */
export type OpenClawPythonSession = ReturnType<typeof openClawPythonSession>;

/** Gives a selection the shape of openclaw-python's `sessions.list`. Rows and order are those of the selection. */
export function toOpenClawPythonList({ sessions, stores, query }: SessionSelection): OpenClawPythonList {
  const rows = sessions.map((session) => openClawPythonSession(session, query.now));
  const [first] = rows;
  return {
    ts: query.now,
    path: stores[0]?.target.indexPath ?? null,
    count: rows.length,
    defaults: {
      modelProvider: first?.modelProvider ?? null,
      model: first?.model ?? null,
      contextTokens: first?.contextTokens ?? null,
    },
    sessions: rows,
  };
}

function openClawPythonSession(session: SelectedSession, now: number) {
  const { key, entry } = session;
  const { model, modelProvider, contextTokens } = listedSession(session, now);
  const text = (field: string): string | null => readEntryText(entry, field) ?? null;
  const count = (field: string): number | null => readEntryNumber(entry, field) ?? null;
  const flag = (field: string): boolean | null => readEntryFlag(entry, field) ?? null;
  return {
    key,
    kind: pythonKind(session),
    label: entryLabel(entry) ?? null,
    displayName: text("displayName"),
    derivedTitle: session.title ?? null,
    lastMessagePreview: session.lastMessage?.text ?? null,
    channel: text("channel"),
    subject: text("subject"),
    groupChannel: text("groupChannel"),
    space: text("space"),
    chatType: text("chatType"),
    origin: renamedFields(readEntryObject(entry, "origin"), originNames),
    updatedAt: session.updatedAt ?? null,
    sessionId: session.sessionId ?? null,
    systemSent: flag("systemSent"),
    abortedLastRun: flag("abortedLastRun"),
    thinkingLevel: text("thinkingLevel"),
    verboseLevel: text("verboseLevel"),
    reasoningLevel: text("reasoningLevel"),
    elevatedLevel: text("elevatedLevel"),
    sendPolicy: text("sendPolicy"),
    inputTokens: count("inputTokens"),
    outputTokens: count("outputTokens"),
    totalTokens: count("totalTokens"),
    responseUsage: text("responseUsage"),
    modelProvider: modelProvider ?? null,
    model: model ?? null,
    contextTokens: contextTokens ?? null,
    deliveryContext: renamedFields(readEntryObject(entry, "deliveryContext"), deliveryContextNames),
    lastChannel: text("lastChannel"),
    lastTo: text("lastTo"),
    lastAccountId: text("lastAccountId"),
  };
}

/** openclaw-python's names of the fields of an origin, and ours. */
const originNames = [
  ["label", "label"],
  ["provider", "provider"],
  ["surface", "surface"],
  ["chat_type", "chatType"],
  ["from_", "from"],
  ["to", "to"],
  ["account_id", "accountId"],
  ["thread_id", "threadId"],
] as const;

const deliveryContextNames = [
  ["channel", "channel"],
  ["to", "to"],
  ["account_id", "accountId"],
  ["thread_id", "threadId"],
] as const;

function renamedFields(
  fields: JsonObject | undefined,
  names: readonly (readonly [theirs: string, ours: string])[],
): JsonObject | null {
  if (fields === undefined) return null;
  return Object.fromEntries(
    names.map(([theirs, ours]): [string, JsonValue] => [theirs, fields[ours] ?? null]),
  );
}

/**
 * Its four kinds. A key that names no agent is unknown there. It takes every key that holds the text `group` or `channel` for
 * a group; told by the parsed key here, so that a peer of such a name is none.
 */
function pythonKind({ key, entry }: SelectedSession): "direct" | "group" | "global" | "unknown" {
  if (key === "global") return "global";
  if (parseSessionKey(key).agentId === undefined) return "unknown";
  const chatType = chatTypeOf(entry);
  const named = ["groupId", "groupChannel"].some((field) => readEntryText(entry, field) !== undefined);
  const isGroup = named || chatType === "supergroup" || coarseListKind(key, { chatType }) === "group";
  return isGroup ? "group" : "direct";
}
