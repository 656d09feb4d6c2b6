import { type Host, PackedList } from "@sessionsmith/core";
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

/** Places every session that can be read in the store that it belongs in; agents may share one. */
export function placeAll(
  host: Pick<Host, "fs">,
  sessions: Iterable<SurveyedSession>,
  { agentId, mainKey, detection, storeOf }: MigrationOrder,
): readonly StoreShare[] {
  const requests = new Map<string, { readonly agentId: string; readonly own: PackedList<SessionRequest> }>();
  for (const session of sessions) {
    if (session.unreadable) continue;
    const wanted = wantedKeys(session, { agentId, mainKey });
    const { indexPath } = storeOf(wanted.agentId);
    const ofStore = requests.get(indexPath) ?? { agentId: wanted.agentId, own: new PackedList() };
    requests.set(indexPath, ofStore);
    ofStore.own.push({ session, name: nameIn(detection.root, session.source.path), wanted });
  }
  return [...requests.values()].map(({ agentId: agent, own }) => {
    const target = readTarget(host, storeOf(agent));
    const rules = { agentId: target.store.agentId, mainKey };
    return { target, ...placeInStore(host.fs, own, { target, rules }) };
  });
}
