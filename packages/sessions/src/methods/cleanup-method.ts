import { isStoreError, StoreError, type StoreTarget } from "@sessionsmith/core";
import { resolveCleanupPolicy } from "@sessionsmith/maintenance";
import * as z from "zod";
import { cleanupStore } from "../cleanup/cleanup-store.ts";
import { defineMethod } from "./method.ts";
import { targetOfAgent, targetsOf } from "./session-stores.ts";

const params = z.strictObject({
  agent: z.string().trim().min(1).optional(),
  allAgents: z.boolean().default(false),
  enforce: z.boolean().default(false),
  activeKey: z.string().trim().min(1).optional(),
  fixMissing: z.boolean().default(false),
  fixDmScope: z.boolean().default(false),
});

/** The report of one store is that of `sessionsmith cleanup --json`. */
const reportSchema = z.looseObject({
  agentId: z.string(),
  storePath: z.string(),
  mode: z.enum(["enforce", "warn"]),
  dryRun: z.boolean(),
  beforeCount: z.int(),
  afterCount: z.int(),
  missing: z.int(),
  dmScopeRetired: z.int(),
  pruned: z.int(),
  capped: z.int(),
  unreferencedArtifacts: z.looseObject({
    scannedFiles: z.int(),
    removedFiles: z.int(),
    freedBytes: z.int(),
    olderThanMs: z.number(),
  }),
  diskBudget: z.looseObject({}).nullable(),
  wouldMutate: z.boolean(),
  /** Not in a preview. */
  applied: z.literal(true).optional(),
  appliedCount: z.int().optional(),
});

/** `sessions.cleanup`: maintenance, on the store of one agent or of all. */
export const cleanupMethod = defineMethod({
  name: "sessions.cleanup",
  summary: "maintain stores as the settings say",
  params,
  result: z.union([
    reportSchema,
    z.strictObject({
      allAgents: z.literal(true),
      mode: z.enum(["enforce", "warn"]),
      dryRun: z.boolean(),
      stores: z.array(reportSchema),
    }),
  ]),
  run: async (stores, given) => {
    const settings = stores.settings();
    const policy = resolveCleanupPolicy({
      settings,
      flags: {
        enforce: given.enforce,
        preview: stores.changes.dryRun === true,
        fixMissing: given.fixMissing,
        fixDmScope: given.fixDmScope,
        ...(given.activeKey === undefined ? {} : { activeKeys: [given.activeKey] }),
      },
    });
    const { host, stateDir } = stores;
    const reportOf = async (target: StoreTarget) =>
      reportSchema.parse(await cleanupStore({ host, settings, stateDir, target }, policy, stores.changes));
    if (!given.allAgents)
      return reportOf(targetOfAgent(stores, settings, given.agent ?? settings.defaultAgentId));
    if (given.agent !== undefined) throw new StoreError("E_USAGE", "agent can't be combined with allAgents");
    const reports: z.output<typeof reportSchema>[] = [];
    for (const target of targetsOf(stores, settings)) {
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      const report = await orNone(reportOf(target));
      if (report !== undefined) reports.push(report);
    }
    return {
      allAgents: true as const,
      mode: policy.mode,
      dryRun: stores.changes.dryRun === true,
      stores: reports,
    };
  },
});

/** An agent without a store has nothing to maintain. */
async function orNone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isStoreError(error) && error.code === "E_NOT_FOUND") return undefined;
    throw error;
  }
}
