import { nodeEngineHost } from "@sessionsmith/core/engine";
import { findSessions, type FoundSession, readStores, requireOneSession } from "@sessionsmith/sessions";
import type { StoreScope } from "@sessionsmith/sessions/change";
import { chooseStores } from "./choose-stores.ts";
import type { ChosenStores } from "./choose-stores.ts";
import type { CommandCall } from "./command-spec.ts";

/** The one session that a command line means, and the store that it is in. */
export interface OpenedSession {
  readonly chosen: ChosenStores;
  readonly found: FoundSession;
  readonly scope: StoreScope;
}

/**
 * Finds the one session that a word means in the chosen stores.
 * @throws StoreError E_NOT_FOUND; E_USAGE with the candidates if there are several; and as `chooseStores` and `readStores` do
 */
export async function openSession(call: CommandCall, text: string): Promise<OpenedSession> {
  const chosen = chooseStores(call, await call.io.loadHost());
  const found = findOne(chosen, text);
  return { chosen, found, scope: scopeOf(chosen, found.target) };
}

/** The one session that a word means. @throws as {@link openSession} does */
export function findOne({ host, targets, settings, allAgents }: ChosenStores, text: string): FoundSession {
  const stores = readStores(host, targets, { allAgents }).flatMap(({ target, document }) =>
    document === undefined ? [] : [{ target, document }],
  );
  return requireOneSession(text, findSessions(stores, { text }, settings));
}

/** A chosen store as one that may be changed. */
export function scopeOf(
  { host, settings, stateDir }: Pick<ChosenStores, "host" | "settings" | "stateDir">,
  target: StoreScope["target"],
): StoreScope {
  return { host: nodeEngineHost(host), settings, stateDir, target };
}
