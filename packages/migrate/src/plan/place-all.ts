import { type Host, LongList } from "@sessionsmith/core";
import { wantedKeys } from "../keys/wanted-keys.ts";
import type { MigrationOrder } from "../migration-request.ts";
import { nameIn } from "../name-in.ts";
import { type MigrationTarget, readTarget } from "./migration-target.ts";
import { placeInStore, type PlacedSessions, type SessionRequest } from "./place-in-store.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** What one store gets. */
export interface StoreShare extends PlacedSessions {
  readonly target: MigrationTarget;
}

/** What all stores get, and what no store can. */
export interface PlacedStores {
  readonly stores: readonly StoreShare[];
  /** In order of their files. */
  readonly unreadable: readonly SurveyedSession[];
}

/**
 * Places every session that can be read in the store that it belongs in; agents may share one.
 * @param sessions all in order of their files, which are let go when they are read, and the positions of those that stay out
 */
export function placeAll(
  host: Pick<Host, "fs">,
  sessions: { readonly surveyed: LongList<SurveyedSession>; readonly dropped: ReadonlySet<number> },
  { agentId, mainKey, detection, storeOf }: MigrationOrder,
): PlacedStores {
  const requests = new Map<string, { readonly agentId: string; readonly own: LongList<SessionRequest> }>();
  const unreadable: SurveyedSession[] = [];
  let n = -1;
  for (const session of sessions.surveyed.drain()) {
    n += 1;
    if (session.unreadable) unreadable.push(session);
    if (session.unreadable || sessions.dropped.has(n)) continue;
    const wanted = wantedKeys(session, { agentId, mainKey });
    const { indexPath } = storeOf(wanted.agentId);
    const ofStore = requests.get(indexPath) ?? { agentId: wanted.agentId, own: new LongList() };
    requests.set(indexPath, ofStore);
    ofStore.own.push({ session, name: nameIn(detection.root, session.source.path), wanted });
  }
  const stores = [...requests.values()].map(({ agentId: agent, own }) => {
    const target = readTarget(host, storeOf(agent));
    const rules = { agentId: target.store.agentId, mainKey };
    return { target, ...placeInStore(host.fs, own, { target, rules }) };
  });
  return { stores, unreadable };
}
