import { isStoreError, normalizeAgentId, parseRow, readEntryText, StoreError } from "@sessionsmith/core";
import * as z from "zod";
import { findSessions, type FoundSession, type Sought } from "../find/find-sessions.ts";
import { requireOneSession } from "../find/require-session.ts";
import { keyScope, searched } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { type SessionStores, targetOfAgent, targetsOf } from "./session-stores.ts";

const params = z.strictObject({
  key: z.string().optional(),
  sessionId: z.string().optional(),
  label: z.string().optional(),
  agentId: z.string().optional(),
  spawnedBy: z.string().optional(),
  includeGlobal: z.boolean().default(false),
  includeUnknown: z.boolean().default(false),
});

/** `sessions.resolve`: the key of the session that a key, a session id or a label means. */
export const resolveMethod = defineMethod({
  name: "sessions.resolve",
  summary: "the key that a session is stored under",
  params,
  result: z.strictObject({ ok: z.literal(true), key: z.string() }),
  run: async (stores, given) => {
    const sought = soughtOf(given);
    const found = candidates(stores, sought, given).filter((one) => isMeant(one, given));
    try {
      return { ok: true as const, key: requireOneSession(sought.text, found).row.key };
    } catch (error) {
      if (!isStoreError(error)) throw error;
      const none = sought.as === "label" ? "No session found with label" : "No session found";
      const message = error.code === "E_NOT_FOUND" ? `${none}: ${sought.text}` : error.message;
      throw new StoreError(error.code, message, { details: error.details });
    }
  },
});

type Params = z.output<typeof params>;

function soughtOf({ key, sessionId, label }: Params): Sought {
  const given = [
    { as: "key", text: key?.trim() },
    { as: "session-id", text: sessionId?.trim() },
    { as: "label", text: label?.trim() },
  ] as const;
  const [only, other] = given.flatMap(({ as, text }) =>
    text === undefined || text === "" ? [] : [{ as, text }],
  );
  if (only === undefined) throw new StoreError("E_USAGE", "Either key, sessionId, or label is required");
  if (other === undefined) return only;
  throw new StoreError("E_USAGE", "Provide either key, sessionId, or label (not multiple)");
}

function candidates(stores: SessionStores, sought: Sought, { agentId }: Params): readonly FoundSession[] {
  if (sought.as === "key") return [keyScope(stores, sought.text).found ?? []].flat();
  const settings = stores.settings();
  const targets =
    agentId === undefined
      ? targetsOf(stores, settings)
      : [targetOfAgent(stores, settings, normalizeAgentId(agentId))];
  return findSessions(searched(stores, settings, targets), sought, settings);
}

function isMeant({ document, row, target }: FoundSession, given: Params): boolean {
  const { agentId, spawnedBy, includeGlobal, includeUnknown, key } = given;
  if (key === undefined && row.key === "global" && !includeGlobal) return false;
  if (key === undefined && row.key === "unknown" && !includeUnknown) return false;
  if (agentId !== undefined && target.agentId !== normalizeAgentId(agentId)) return false;
  if (spawnedBy === undefined) return true;
  return readEntryText(parseRow(document, row) ?? {}, "spawnedBy") === spawnedBy;
}
