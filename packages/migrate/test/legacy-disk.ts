import { dirname, join } from "node:path";
import type { Host, StoreTarget, WriteFs } from "@sessionsmith/core";
import { applyPlan, type ApplyOutcome, type EngineHost, type StoreLocks } from "@sessionsmith/core/engine";
import { type MemoryFs, memoryFs, type TreeSpec, writeTree } from "@sessionsmith/testkit";
import type { MigrationRequest } from "../src/migration-request.ts";
import { migrationRecipes, planMigration, type PlannedMigration } from "../src/plan-migration.ts";

/** The workspace of these tests. */
export const workspace = "/home/user/space";
/** The state directory of these tests. */
export const stateDir = "/home/user/.openclaw";

/** Locks of a machine on which nobody else works. */
const freeLocks: StoreLocks = {
  acquire: () =>
    Promise.resolve({ assertHeld: () => undefined, confirmHeld: () => undefined, release: () => undefined }),
};

/** An engine's host over a given disk, with a clock that ticks at every look and ids that count. */
export function hostOver(fs: WriteFs, firstId = 1): EngineHost {
  let now = Date.UTC(2026, 10, 21);
  let id = firstId;
  return {
    fs,
    clock: { now: () => (now += 1) },
    ids: { uuid: () => `${(id++).toString(16).padStart(8, "0")}-0000-4000-8000-000000000000` },
    env: {},
    processes: { pid: 1, state: () => "dead", startTicks: () => undefined, bootId: "boot", hostName: "host" },
    homeDir: "/home/user",
    cwd: "/home/user",
    locks: freeLocks,
    sleep: () => Promise.resolve(),
  };
}

/** A disk with a workspace. */
export function diskWith(files: TreeSpec, dir: string = workspace): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, dir, files);
  writeTree(fs, dirname(stateDir), {});
  return fs;
}

/** The store of an agent in the state directory of these tests. */
export function storeOf(agentId: string): StoreTarget {
  const sessionsDir = join(stateDir, "agents", agentId, "sessions");
  const indexPath = join(sessionsDir, "sessions.json");
  return { indexPath, sessionsDir, agentId, origin: "configured", shared: false };
}

/** Plans the migration of the workspace. */
export function planned(
  host: Host,
  { path = workspace, ...request }: Partial<MigrationRequest> & { readonly path?: string } = {},
): PlannedMigration {
  return planMigration(host, { workspace: path, ...request });
}

/** Migrates the workspace. */
export async function migrated(
  fs: MemoryFs,
  options: Partial<MigrationRequest> & { readonly path?: string; readonly firstId?: number } = {},
): Promise<PlannedMigration & { readonly outcome: ApplyOutcome }> {
  const { firstId, ...request } = options;
  const host = hostOver(fs, firstId);
  let migration = planned(host, request);
  const replan = () => {
    migration = planned(host, request);
    return migration.plan;
  };
  const outcome = await applyPlan(host, migration.plan, { recipes: migrationRecipes, create: true, replan });
  return { ...migration, outcome };
}
