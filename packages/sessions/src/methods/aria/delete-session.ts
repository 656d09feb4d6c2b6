import { classifySessionKey, type RowKind, StoreError } from "@sessionsmith/core";
import * as z from "zod";
import { deleteSessions } from "../../delete/delete-sessions.ts";
import { findSessions, type FoundSession } from "../../find/find-sessions.ts";
import { searched } from "../key-scope.ts";
import { defineMethod } from "../method.ts";
import { type SessionStores, targetOfAgent } from "../session-stores.ts";

const result = z.strictObject({
  deleted: z.string(),
  removed_keys: z.array(z.string()),
  transcript_archived: z.boolean(),
  /** True if a further sink of the history, such as a database, has the record. */
  pg_status_updated: z.boolean(),
  message: z.string(),
  operation_ids: z.array(z.string()),
});

/** `delete_session`: takes all rows of a session id out, in all agents or one, and keeps the transcript in an archive. */
export const deleteSession = defineMethod({
  name: "delete_session",
  summary: "end a session by its id, in the words of Aria",
  params: z.strictObject({
    session_id: z.string().trim().min(1),
    agent: z.string().trim().min(1).optional(),
  }),
  result,
  run: (stores, { session_id: id, agent }) =>
    remove(stores, { id, ...(agent === undefined ? {} : { agent }) }),
});

/** `cleanup_after_delegation`: the same for the session of a sub-agent that has done its work; any other session stays. */
export const cleanupAfterDelegation = defineMethod({
  name: "cleanup_after_delegation",
  summary: "end the session of a sub-agent that has done its work, in the words of Aria",
  params: z.strictObject({ session_id: z.string().trim().min(1) }),
  result,
  run: (stores, { session_id: id }) => remove(stores, { id, ifKind: "subagent" }),
});

interface Removal {
  readonly id: string;
  readonly agent?: string;
  readonly ifKind?: RowKind;
}

async function remove(
  stores: SessionStores,
  { id, agent, ifKind }: Removal,
): Promise<z.input<typeof result>> {
  const settings = stores.settings();
  if (stores.host.env["ARIA_SESSION_ID"] === id) throw current(id);
  const targets = agent === undefined ? undefined : [targetOfAgent(stores, settings, agent)];
  const found = findSessions(searched(stores, settings, targets), { text: id, as: "session-id" }, settings);
  for (const one of found) requireNoConversation(one, settings.mainKey);
  const removedKeys: string[] = [];
  const operationIds: string[] = [];
  let isArchived = false;
  let isTold = false;
  for (const [target, keys] of keysByStore(found)) {
    const scope = { host: stores.host, settings, stateDir: stores.stateDir, target };
    const order = { keys, ...(ifKind === undefined ? {} : { ifKind }) };
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    const { answer } = await deleteSessions(scope, order, stores.changes);
    removedKeys.push(...answer.removedKeys);
    if (answer.operationId !== null) operationIds.push(answer.operationId);
    isArchived ||= answer.archived.length > 0;
    isTold ||= answer.sinks.some(({ state }) => state === "up-to-date");
  }
  return {
    deleted: id,
    removed_keys: removedKeys,
    transcript_archived: isArchived,
    pg_status_updated: isTold,
    message: messageOf(id, { found: found.length, removed: removedKeys.length, isArchived, ifKind }),
    operation_ids: operationIds,
  };
}

function keysByStore(found: readonly FoundSession[]): ReadonlyMap<FoundSession["target"], readonly string[]> {
  const keys = new Map<FoundSession["target"], string[]>();
  for (const { target, row } of found) {
    const known = keys.get(target);
    if (known === undefined) keys.set(target, [row.key]);
    else known.push(row.key);
  }
  return keys;
}

/** Aria gives up only sessions of cron jobs and sub-agents of the agent main. */
function requireNoConversation({ row, target }: FoundSession, mainKey: string): void {
  const kind = classifySessionKey(row.key, { mainKey });
  if (target.agentId !== "main" || kind === "cron" || kind === "cron-run" || kind === "subagent") return;
  throw new StoreError(
    "E_REFUSED",
    `Cannot delete main agent session ${row.sessionId ?? ""} (key=${row.key}). Only cron/subagent sessions may be deleted.`,
    { hint: "`sessionsmith delete` takes any other session but a main one.", details: { key: row.key } },
  );
}

function current(id: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `Cannot delete current session ${id}: this would destroy the active conversation context.`,
    { hint: "End it from another session.", details: { sessionId: id } },
  );
}

function messageOf(
  id: string,
  {
    found,
    removed,
    isArchived,
    ifKind,
  }: {
    readonly found: number;
    readonly removed: number;
    readonly isArchived: boolean;
    readonly ifKind: RowKind | undefined;
  },
): string {
  if (found === 0) return `Session ${id} not in sessions.json; nothing was removed`;
  if (removed === 0) return `Session ${id} is not of kind ${ifKind ?? "any"}; nothing was removed`;
  const transcript = isArchived ? "archived" : "none";
  return `Session ${id} removed from filesystem (${removed} keys, transcript=${transcript})`;
}
