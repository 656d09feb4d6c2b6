import { relative, sep } from "node:path";
import type { Host } from "@sessionsmith/core";
import { groupBy } from "../group-by.ts";
import { wantedKeys } from "../keys/wanted-keys.ts";
import type { MigrationOrder } from "../migration-request.ts";
import { type MigrationTarget, readTarget } from "./migration-target.ts";
import { placeInStore, type SessionRequest } from "./place-in-store.ts";
import type { PlacedSession } from "./placed-session.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** What one store gets. */
export interface StoreShare {
  readonly target: MigrationTarget;
  readonly placed: readonly PlacedSession[];
}

/** Places every session that can be read in the store that it belongs in; agents may share one. */
export function placeAll(
  host: Pick<Host, "fs">,
  sessions: readonly SurveyedSession[],
  { agentId, mainKey, detection, storeOf }: MigrationOrder,
): readonly StoreShare[] {
  const requests: readonly SessionRequest[] = sessions
    .filter(({ unreadable }) => !unreadable)
    .map((session) => ({
      session,
      name: nameIn(detection.root, session.source.path),
      wanted: wantedKeys(session, { agentId, mainKey }),
    }));
  const byStore = groupBy(requests, ({ wanted }) => storeOf(wanted.agentId).indexPath);
  return [...byStore.values()].flatMap((own) => {
    const agent = own[0]?.wanted.agentId;
    if (agent === undefined) return [];
    const target = readTarget(host, storeOf(agent));
    const rules = { agentId: target.store.agentId, mainKey };
    return [{ target, placed: placeInStore(host.fs, own, { target, rules }) }];
  });
}

/** The path of a file below what is migrated, with `/`. */
export function nameIn(root: string, path: string): string {
  // Nearly every file lies below it, and taking both paths apart for each of them takes longer than all else that is planned.
  const below = root + sep;
  const name = path.startsWith(below) ? path.slice(below.length) : relative(root, path);
  return sep === "/" ? name : name.replaceAll(sep, "/");
}
