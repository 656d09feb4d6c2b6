import {
  type Host,
  openStorePlace,
  type OrphanClues,
  readOrphanClues,
  type SessionSettings,
  type StoreSnapshot,
  type StoreSurvey,
} from "@sessionsmith/core";
import { orphanCandidates } from "../orphan-candidates.ts";
import { type StalePointer, stalePointer } from "../repair/paths/stale-session-file.ts";

/** What has to be read beside a survey, so that checks are pure. */
export interface CheckFacts {
  readonly settings: Pick<SessionSettings, "agents" | "mainKey" | "scope">;
  /** Permission bits of the sessions directory and of the index; undefined for what can't be looked at. */
  readonly dirMode: number | undefined;
  readonly indexMode: number | undefined;
  /** Rows whose `sessionFile` leads elsewhere than to their transcript, by session key. */
  readonly stalePointers: ReadonlyMap<string, StalePointer>;
  /** Where transcripts come from that no row references; read only if there are so many that it matters. */
  readonly orphans: ReadonlyMap<string, OrphanClues>;
}

/** As for cleanup: a younger file may be about to get its row. */
export const orphanMinAgeMs = 60 * 60_000;
/** So many transcripts without a row are never too many (docs/invariants.md I3). */
const freeOrphans = 20;

/** Reads what the checks of keys, paths, permissions and of the whole index need. */
export function readCheckFacts(
  { fs }: Pick<Host, "fs">,
  survey: StoreSurvey,
  { settings, now }: { readonly settings: CheckFacts["settings"]; readonly now: number },
): CheckFacts {
  const { snapshot, realDir, target } = survey;
  const modes = { dirMode: fs.lstat(realDir)?.mode, indexMode: fs.lstat(target.indexPath)?.mode };
  if (snapshot === undefined) return { settings, ...modes, stalePointers: new Map(), orphans: new Map() };
  const candidates = orphanCandidates(snapshot, { minAgeMs: orphanMinAgeMs, now });
  const isMany = candidates.length > freeOrphans;
  const orphans = isMany ? readOrphanClues(fs, realDir, candidates) : new Map<string, OrphanClues>();
  return { settings, ...modes, stalePointers: readPointers(fs, snapshot), orphans };
}

function readPointers(fs: Host["fs"], snapshot: StoreSnapshot): ReadonlyMap<string, StalePointer> {
  const named = snapshot.rows.filter(({ row }) => row.sessionFile !== undefined);
  if (named.length === 0) return new Map();
  const place = openStorePlace(fs, snapshot.target);
  return new Map(
    named.flatMap((facts) => {
      const stale = stalePointer(fs, facts, place);
      return stale === undefined ? [] : [[facts.row.key, stale] as const];
    }),
  );
}
