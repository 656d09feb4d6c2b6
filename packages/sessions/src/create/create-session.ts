import { join } from "node:path";
import {
  canonicalizeSessionKey,
  classifySessionId,
  type JsonObject,
  parseSessionKey,
  StoreError,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { newTranscript } from "../change/new-transcript.ts";
import { rowOfOrder } from "../change/row-of-order.ts";
import { scanOrCreate } from "../change/scan-for-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { keyRulesOf } from "../find/key-rules.ts";
import { checkedLabel } from "../patch/label-rule.ts";
import { patchChanges } from "../patch/patch-changes.ts";
import { hasLabel } from "../patch/patch-session.ts";

/** A session that is to be made. */
export interface CreateOrder {
  /** Its key, in any spelling; left out, `agent:<agent>:explicit:<session id>`. */
  readonly key?: string;
  /** Its id; left out, a new UUID. */
  readonly sessionId?: string;
  readonly label?: string;
  /** Fields as `patchSession` takes them (`model`, `thinkingLevel`). */
  readonly patch?: JsonObject;
  /** Further fields of the row, as they are to stand there; a function is told when the session is made, in epoch ms. */
  readonly fields?: JsonObject | ((now: number) => JsonObject);
  /** True begins a transcript and names it in the row, as a gateway does; otherwise the first message makes it. */
  readonly transcript?: boolean;
}

/** What came of it. */
export interface CreateAnswer extends ChangeFrame {
  readonly ok: true;
  readonly key: string;
  readonly sessionId: string;
  /** The row. */
  readonly entry: JsonObject;
}

/**
 * Adds a session to a store, which is made if it is not there. What is removed later is the row alone, unless messages came.
 * @throws StoreError E_USAGE for a key, an id or a label that is not valid or taken; E_REFUSED if the key is that of another
 * agent; and as `applyChange` does
 */
export async function createSession(
  scope: StoreScope,
  order: CreateOrder,
  options: ChangeOptions = {},
): Promise<Answered<CreateAnswer>> {
  const sessionId = order.sessionId ?? scope.host.ids.uuid();
  requireSessionId(sessionId);
  const key = keyFor(scope, order, sessionId);
  const applied = await applyChange(scope, () => settle(scope, order, { key, sessionId }), {
    ...options,
    create: true,
  });
  const entry = applied.about;
  return { answer: { ok: true, key, sessionId, entry, ...changeFrame(applied) }, applied };
}

interface NewNames {
  readonly key: string;
  readonly sessionId: string;
}

function settle(
  scope: StoreScope,
  order: CreateOrder,
  { key, sessionId }: NewNames,
): SettledChange<JsonObject> {
  const { host } = scope;
  const now = host.clock.now();
  const snapshot = scanOrCreate(scope, now);
  requireNew(snapshot, { key, sessionId });
  const isLabelTaken = (label: string) => hasLabel(snapshot, key, label);
  const label = order.label?.trim();
  const name = `${sessionId}.jsonl`;
  const begins = order.transcript === true;
  const entry: JsonObject = {
    sessionId,
    updatedAt: now,
    ...(begins ? { sessionFile: join(snapshot.target.sessionsDir, name) } : { sessionStartedAt: now }),
    ...(typeof order.fields === "function" ? order.fields(now) : order.fields),
    ...patchChanges(order.patch ?? {}, { key, entry: {}, isLabelTaken }).fields,
    ...(label === undefined || label === "" ? {} : { label: checkedLabel(label, { isLabelTaken }) }),
  };
  const writes = begins ? [newTranscript({ sessionId, name, now, cwd: host.cwd }, "create")] : [];
  const added = [{ key, value: entry, reason: "create" }];
  return {
    snapshot,
    change: { command: "create", policy: { key }, now, turns: new Map(), added, writes },
    besideGateway: true,
    about: entry,
  };
}

/** Neither the key nor the id may be somebody's, and no transcript may lie where that of the new session will be. */
function requireNew(snapshot: StoreSnapshot, { key, sessionId }: NewNames): void {
  if (rowOfOrder(snapshot, key) !== undefined)
    throw taken(
      `There is a session ${key} already.`,
      { key },
      "`sessionsmith patch` changes it, `sessionsmith reset` begins it anew.",
    );
  const other = snapshot.rows.find(({ row }) => row.sessionId === sessionId);
  if (other !== undefined || snapshot.files.has(`${sessionId}.jsonl`))
    throw taken(`The session id ${sessionId} is taken.`, { sessionId }, "Leave it out for a new UUID.");
}

function keyFor({ settings, target }: StoreScope, order: CreateOrder, sessionId: string): string {
  const { agentId } = target;
  if (order.key === undefined) return `agent:${agentId}:explicit:${sessionId}`;
  const key = canonicalizeSessionKey(order.key, { ...keyRulesOf(settings), agentId });
  if (key === "" || Buffer.byteLength(key) > longestKeyBytes || /\p{Surrogate}/u.test(key))
    throw new StoreError(
      "E_USAGE",
      `${JSON.stringify(order.key)} can't be a session key. Nothing was changed.`,
      {
        hint: `A key has at least one segment, and at most ${longestKeyBytes} bytes.`,
      },
    );
  const named = parseSessionKey(key).agentId;
  if (named === undefined || named === agentId || target.shared) return key;
  throw new StoreError(
    "E_REFUSED",
    `${key} is a key of the agent ${named}, but this is the store of ${agentId}. Nothing was changed.`,
    { hint: `Add --agent ${named}.`, details: { key, agentId } },
  );
}

/** Bytes that a session key may have (docs/invariants.md I8). */
const longestKeyBytes = 1024;

function requireSessionId(sessionId: string): void {
  if (classifySessionId(sessionId) === "file-name") return;
  throw new StoreError("E_USAGE", "The session id can't name a transcript. Nothing was changed.", {
    hint: "Leave it out for a new UUID, or use letters, digits, dots, dashes and underscores.",
  });
}

function taken(what: string, details: JsonObject, hint: string): StoreError {
  return new StoreError("E_USAGE", `${what} Nothing was changed.`, { hint, details });
}
