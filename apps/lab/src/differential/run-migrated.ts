import { join } from "node:path";
import { askOursMigrated, askPeerMigrated } from "./ask-migrated.ts";
import { compareMigrated, type MigratedDifference, type MigratedRow } from "./migrated-row.ts";
import { migratedCases, migratedNow, withMigratedStore } from "./migrated-store.ts";
import type { Peer } from "./start-peer.ts";

/** What came of one migrated store. */
export interface MigratedResult {
  readonly name: string;
  readonly theirs: readonly MigratedRow[];
  readonly differences: readonly MigratedDifference[];
}

/** Migrates each legacy store of the fixtures, and asks both programs what they make of it. */
export async function runMigrated(
  peer: Peer,
  { dir, node }: { readonly dir: string; readonly node: string },
): Promise<readonly MigratedResult[]> {
  const program = [node, join(dir, "node_modules", "openclaw", "openclaw.mjs")] as const;
  const results: MigratedResult[] = [];
  for (const name of migratedCases) {
    // oxlint-disable-next-line no-await-in-loop -- the peer answers one question at a time
    const result = await withMigratedStore(name, async (stateDir) => {
      const ours = await askOursMigrated(stateDir);
      const theirs = await askPeerMigrated(peer, program, stateDir);
      return { name, theirs, differences: compareMigrated(ours, theirs, migratedNow) };
    });
    results.push(result);
  }
  return results;
}
