import { openStorePlace, readIndexBackups, readOrphanClues } from "@sessionsmith/core";
import { orphanCandidates } from "../../orphan-candidates.ts";
import { freeOrphans, needsOrphanConfirmation } from "../../orphan-guard.ts";
import { noFacts } from "../../store-facts.ts";
import { editRows } from "../edit-rows.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";
import { backupRows, damagedRows } from "./index-candidates.ts";
import { completeRows } from "./complete-rows.ts";
import { keepTemps } from "./keep-temps.ts";
import { readOrphanSessions } from "./orphan-sessions.ts";
import { rebuildRows } from "./rebuild-rows.ts";
import { restoreRows } from "./restore-rows.ts";
import { settleDuplicates } from "./settle-duplicates.ts";

/** As for cleanup: a younger file may be about to get its row. */
const minAgeMs = 60 * 60_000;

/**
 * Repairs the index of a store: each key stands once; rows that were lost come back from backups and from what was left of them, and
 * rows of transcripts that none names are made anew. Rows are only looked for elsewhere if the index can't be read or is
 * missing, or if it explains too few of the transcripts beside it (docs/invariants.md I3), as one does that was emptied.
 */
export function repairIndex(store: RepairStore, request: RepairRequest): RepairStore {
  const settled = settleDuplicates(store);
  const unique = withMends(editRows(store, request, settled.edits), settled);
  const isDamaged = store.base.state !== "readable";
  if (!isDamaged && !explainsTooLittle(unique, request)) return unique;
  const place = openStorePlace(request.host.fs, store.target);
  const candidates = [
    ...backupRows(readIndexBackups(request.host.fs, place)),
    ...damagedRows(store.base.damaged, place.indexName),
  ];
  const found = restoreRows(keepTemps(unique, request.host), request, candidates);
  const restored = editRows(found, request, completeRows(request.host, found, request.now));
  if (isDamaged && !store.base.lossy) return restored;
  const rebuilt = rebuildRows(restored, readOrphanSessions(request.host, restored.snapshot), isDamaged);
  const whole = editRows(restored, request, rebuilt.edits);
  return withMends({ ...whole, requires: [...whole.requires, ...rebuilt.requires] }, rebuilt);
}

function withMends(store: RepairStore, { mends }: Pick<RepairStore, "mends">): RepairStore {
  return withPlanned(store, { mends });
}

/** What a few transcripts are that no row names is not read. */
function explainsTooLittle({ snapshot }: RepairStore, { host, now }: RepairRequest): boolean {
  const names = orphanCandidates(snapshot, { minAgeMs, now });
  if (names.length <= freeOrphans) return false;
  const orphans = readOrphanClues(host.fs, snapshot.realDir, names);
  return needsOrphanConfirmation({ snapshot, facts: { ...noFacts, orphans }, policy: { minAgeMs }, now });
}
