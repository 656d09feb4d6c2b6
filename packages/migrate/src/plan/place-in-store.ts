import type { ReadFs } from "@sessionsmith/core";
import type { KeyRules } from "../keys/legacy-key.ts";
import type { WantedKeys } from "../keys/wanted-keys.ts";
import { assignKeys, type KeySeeker } from "./assign-keys.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { placeSession, type SessionPlace } from "./place-session.ts";
import type { PlacedSession } from "./placed-session.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** A session and the keys that it asks for. */
export interface SessionRequest {
  readonly session: SurveyedSession;
  readonly name: string;
  readonly wanted: WantedKeys;
}

/** Finds an id, a transcript and keys for each session of one store. */
export function placeInStore(
  fs: ReadFs,
  requests: readonly SessionRequest[],
  { target, rules }: { readonly target: MigrationTarget; readonly rules: KeyRules },
): readonly PlacedSession[] {
  const present = keysInStore(target);
  const taken = new Set<string>();
  const placed = requests.toSorted(byUse).map((request) => {
    const place = placeSession(request.session, { fs, target, name: request.name, taken });
    taken.add(place.sessionId.toLowerCase());
    return { ...request, place };
  });
  const seekers = new Map(
    placed
      .filter(({ place }) => !present.has(place.sessionId) && place.state !== "changed")
      .map((one) => [seekerOf(one), one]),
  );
  const assigned = assignKeys([...seekers.keys()], target, rules);
  const bySession = new Map([...seekers].map(([seeker, one]) => [one, assigned.get(seeker)]));
  return placed.map((one) => {
    const given = bySession.get(one);
    const keys = given?.keys ?? present.get(one.place.sessionId) ?? [];
    const findings = [...one.session.findings, ...one.place.findings, ...(given?.findings ?? [])];
    return { ...one, keys, addsRows: given !== undefined, findings };
  });
}

/** The one that was used last has the first choice. */
function byUse(a: SessionRequest, b: SessionRequest): number {
  const newerFirst = b.session.times.updatedAt - a.session.times.updatedAt;
  if (newerFirst !== 0) return newerFirst;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function keysInStore({ document }: MigrationTarget): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const { key, sessionId, shadowed } of document.rows)
    if (sessionId !== undefined && !shadowed) keys.set(sessionId, [...(keys.get(sessionId) ?? []), key]);
  return keys;
}

function seekerOf({
  session,
  name,
  wanted,
  place,
}: SessionRequest & { readonly place: SessionPlace }): KeySeeker {
  const { id: legacyId, path } = session.source;
  return { legacyId, sessionId: place.sessionId, path, name, updatedAt: session.times.updatedAt, wanted };
}
