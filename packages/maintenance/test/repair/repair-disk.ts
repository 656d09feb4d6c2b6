import {
  applyPlan,
  type ApplyOutcome,
  type EngineHost,
  planUndoOf,
  recoverStore,
} from "@sessionsmith/core/engine";
import type { StoreTarget } from "@sessionsmith/core";
import { type MemoryFs, memoryFs, memoryHost, type TreeSpec, tree, writeTree } from "@sessionsmith/testkit";
import { repairRecipes } from "../../src/repair/dialect/bare-transcript-recipe.ts";
import { type PlannedRepair, planRepair } from "../../src/repair/plan-repair.ts";
import { type RepairDomain, repairDomains } from "../../src/repair/repair-domain.ts";
import type { RepairRequest } from "../../src/repair/repair-request.ts";

/** The agents' directory of these tests. */
export const agentsDir = "/home/user/.openclaw/agents";
/** The moment of these tests: a day after the files were written. */
export const repairNow = Date.UTC(2026, 10, 21);

/** The store of an agent. */
export function storeOf(agentId: string): StoreTarget {
  const sessionsDir = `${agentsDir}/${agentId}/sessions`;
  return {
    indexPath: `${sessionsDir}/sessions.json`,
    sessionsDir,
    agentId,
    origin: "configured",
    shared: false,
  };
}

/** A disk with the sessions directory of each agent. */
export function diskWith(stores: Readonly<Record<string, TreeSpec>>): MemoryFs {
  const fs = memoryFs();
  for (const [agentId, files] of Object.entries(stores)) writeTree(fs, storeOf(agentId).sessionsDir, files);
  return fs;
}

/** An engine's host over a disk. @param alive numbers of the processes that live */
export function hostOver(fs: MemoryFs, firstId = 1, alive: readonly number[] = []): EngineHost {
  const host = memoryHost(fs, firstId, repairNow);
  const state = (pid: number) => (alive.includes(pid) ? "alive" : "dead");
  return { ...host, processes: { ...host.processes, state } };
}

/** The settings of a state directory with these agents. */
export function settingsOf(agents: readonly string[]): RepairRequest["settings"] {
  return {
    agents: agents.map((id) => ({ id, model: undefined, contextTokens: undefined })),
    mainKey: "main",
    scope: "per-sender",
  };
}

/** What to repair, beside the stores. */
export interface RepairTry extends Partial<Omit<RepairRequest, "domains" | "host">> {
  readonly domains?: readonly RepairDomain[];
  readonly agents?: readonly string[];
  readonly firstId?: number;
  readonly alive?: readonly number[];
}

/** Plans a repair of the stores of the given agents. */
export function planned(
  fs: MemoryFs,
  { domains = repairDomains, agents = ["main"], firstId, alive, ...rest }: RepairTry = {},
) {
  return planRepair({
    host: hostOver(fs, firstId, alive),
    targets: agents.map(storeOf),
    domains: new Set(domains),
    settings: settingsOf(agents),
    now: repairNow,
    ...rest,
  });
}

/** Repairs them; what an earlier run left unfinished is finished or taken back first, as the command does it. */
export async function repaired(
  fs: MemoryFs,
  request: RepairTry = {},
): Promise<PlannedRepair & { readonly outcome: ApplyOutcome }> {
  const host = hostOver(fs, (request.firstId ?? 1) + 300);
  for (const { sessionsDir } of (request.agents ?? ["main"]).map(storeOf)) {
    if (fs.lstat(sessionsDir) === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    await recoverStore(host, sessionsDir, { lockTimeoutMs: 1000 });
  }
  let repair = planned(fs, request);
  const replan = () => {
    repair = planned(fs, request);
    return repair.plan;
  };
  const outcome = await applyPlan(hostOver(fs, request.firstId), repair.plan, {
    replan,
    create: true,
    recipes: repairRecipes,
  });
  return { ...repair, outcome };
}

/** Takes the last operation on a store back. */
export async function undone(fs: MemoryFs, agentId = "main"): Promise<void> {
  const { sessionsDir } = storeOf(agentId);
  const operation = fs.readdir(`${sessionsDir}/.sessionsmith/operations`)?.at(-1) ?? "";
  const host = hostOver(fs, 900);
  await applyPlan(host, planUndoOf(host, { realDir: sessionsDir, operationId: operation }).plan);
}

/** Every file that is not the product's own, with its content, mode and time. */
export function visible(fs: MemoryFs): ReadonlyMap<string, string> {
  return new Map(
    [...tree(fs, agentsDir)]
      .filter(([path, { kind }]) => kind === "file" && !path.includes(".sessionsmith/"))
      .map(([path, { bytes, mode, mtimeNs }]) => [path, `${mode} ${mtimeNs} ${bytes?.toString("latin1")}`]),
  );
}

/** The text of an index, or of another file of a store. */
export function textOf(fs: MemoryFs, name = "sessions.json", agentId = "main"): string {
  const entry = tree(fs, storeOf(agentId).sessionsDir).get(name);
  if (entry?.bytes === undefined) throw new Error(`no file ${name}`);
  return entry.bytes.toString("utf8");
}
