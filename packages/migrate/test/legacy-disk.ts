import { dirname, join } from "node:path";
import type { Host, ReadFs, StoreTarget, WriteFs } from "@sessionsmith/core";
import { applyPlan, type ApplyOutcome, type EngineHost } from "@sessionsmith/core/engine";
import { type MemoryFs, memoryFs, memoryHost, type TreeSpec, writeTree } from "@sessionsmith/testkit";
import { detectLegacy } from "../src/detect-legacy.ts";
import type { MigrationRequest } from "../src/migration-request.ts";
import { migrationRecipes, planMigration, type PlannedMigration } from "../src/plan-migration.ts";

/** The workspace of these tests. */
export const workspace = "/home/user/space";
/** The state directory of these tests. */
export const stateDir = "/home/user/.openclaw";

/** An engine's host over a given disk, a day after the youngest file of these tests. */
export function hostOver(fs: WriteFs, firstId = 1): EngineHost {
  return memoryHost(fs, firstId, Date.UTC(2026, 10, 21));
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

/** What is found under a path, with its lists as arrays. */
export function detected(fs: ReadFs, path: string = workspace) {
  const detection = detectLegacy(fs, path);
  return { ...detection, files: [...detection.files], sources: [...detection.sources] };
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
