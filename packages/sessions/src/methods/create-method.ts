import { type JsonObject, normalizeAgentId, readEntryText, StoreError } from "@sessionsmith/core";
import * as z from "zod";
import { createSession } from "../create/create-session.ts";
import { patchSession } from "../patch/patch-session.ts";
import { type KeyScope, keyScope } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { changeFrame, entrySchema, keyParam } from "./schemas.ts";
import type { SessionStores } from "./session-stores.ts";

const params = z.strictObject({
  key: keyParam.optional(),
  agentId: z.string().optional(),
  label: z.string().trim().min(1).optional(),
  model: z.string().trim().min(1).optional(),
  parentSessionKey: keyParam.optional(),
  /** For a gateway's own hooks; a store has none. */
  emitCommandHooks: z.boolean().optional(),
});

type Params = z.output<typeof params>;

/** `sessions.create`: adds a session with a transcript; a key that has a row is patched, as OpenClaw 2026.5.28 does. */
export const createMethod = defineMethod({
  name: "sessions.create",
  summary: "add a session to a store",
  params,
  result: z.strictObject({
    ok: z.literal(true),
    key: z.string(),
    sessionId: z.string(),
    entry: entrySchema,
    /** Nothing here starts an agent. */
    runStarted: z.literal(false),
    ...changeFrame,
  }),
  run: async (stores, given) => {
    const place = placeFor(stores, given);
    const patch: JsonObject = {
      ...(given.label === undefined ? {} : { label: given.label }),
      ...(given.model === undefined ? {} : { model: given.model }),
    };
    const parent = given.parentSessionKey;
    const fields: JsonObject = parent === undefined ? {} : { parentSessionKey: parentOf(stores, parent) };
    const answer = await (place.found === undefined
      ? made(stores, place, { patch, fields })
      : patched(stores, place, { patch, fields }));
    return { ...answer, ok: true as const, runStarted: false as const };
  },
});

interface WantedFields {
  readonly patch: JsonObject;
  readonly fields: JsonObject;
}

async function made(stores: SessionStores, { scope, key }: KeyScope, wanted: WantedFields) {
  const { answer } = await createSession(scope, { key, ...wanted, transcript: true }, stores.changes);
  return answer;
}

async function patched(stores: SessionStores, { scope, key }: KeyScope, { patch, fields }: WantedFields) {
  if (Object.keys(fields).length > 0)
    throw new StoreError("E_USAGE", `There is a session ${key} already: its parent can't be set.`, {
      details: { key },
    });
  const { answer } = await patchSession(scope, { key, patch }, stores.changes);
  const { entry, dryRun, operationId, warnings } = answer;
  return { key, sessionId: readEntryText(entry, "sessionId") ?? "", entry, dryRun, operationId, warnings };
}

/** Without a key a session of the dashboard is meant. */
function placeFor(stores: SessionStores, { key, agentId }: Params): KeyScope {
  const agent = normalizeAgentId(agentId ?? stores.settings().defaultAgentId);
  const place = keyScope(stores, key ?? `agent:${agent}:dashboard:${stores.host.ids.uuid()}`);
  if (key === undefined || agentId === undefined || place.scope.target.agentId === agent) return place;
  throw new StoreError(
    "E_USAGE",
    `sessions.create key agent (${place.scope.target.agentId}) does not match agentId (${agent})`,
  );
}

function parentOf(stores: SessionStores, given: string): string {
  const { key, found } = keyScope(stores, given);
  if (found?.row.sessionId !== undefined) return key;
  throw new StoreError("E_USAGE", `unknown parent session: ${given}`, { details: { key: given } });
}
