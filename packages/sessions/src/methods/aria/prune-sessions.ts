import { isStoreError, type StoreErrorCode, type StoreTarget } from "@sessionsmith/core";
import { type CleanupPolicy, resolveCleanupPolicy } from "@sessionsmith/maintenance";
import * as z from "zod";
import { cleanupStore } from "../../cleanup/cleanup-store.ts";
import { searched } from "../key-scope.ts";
import { defineMethod } from "../method.ts";
import { type SessionStores, targetsOf } from "../session-stores.ts";
import { defaultMinutes, flag, minutes } from "./aria-params.ts";

const params = z.strictObject({
  max_age_minutes: minutes.default(defaultMinutes),
  dry_run: flag.default(false),
});

/**
 * `prune_sessions`: ends the sessions of cron jobs and sub-agents that nobody used for so long, in all agents. Each leaves a record in the
 * ledger, and each store an operation that can be undone. Every session is either pruned or kept.
 */
export const pruneSessions = defineMethod({
  name: "prune_sessions",
  summary: "end stale sessions of cron jobs and sub-agents, in the words of Aria",
  params,
  result: z.strictObject({
    total_sessions: z.int(),
    pruned_count: z.int(),
    kept_count: z.int(),
    dry_run: z.boolean(),
    deleted_ids: z.array(z.string()),
    // With a code: the store of this agent could not be done.
    errors: z.array(z.strictObject({ id: z.string(), error: z.string(), code: z.string().optional() })),
    threshold_minutes: z.number(),
    operation_ids: z.array(z.string()),
  }),
  run: async (stores, { max_age_minutes: maxAgeMinutes, dry_run: asked }) => {
    const dryRun = asked || stores.changes.dryRun === true;
    const policy = prunePolicy(stores, maxAgeMinutes * 60_000);
    const done: Pruned[] = [];
    for (const target of targetsOf(stores, stores.settings())) {
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      done.push(await pruneOne(stores, { target, policy, dryRun }));
    }
    const total = done.reduce((sum, { before }) => sum + before, 0);
    const pruned = done.reduce((sum, one) => sum + one.pruned, 0);
    return {
      total_sessions: total,
      pruned_count: pruned,
      kept_count: total - pruned,
      dry_run: dryRun,
      deleted_ids: [...new Set(done.flatMap(({ ids }) => ids))],
      errors: done.flatMap(({ errors }) => errors),
      threshold_minutes: maxAgeMinutes,
      operation_ids: [...new Set(done.flatMap(({ operationId }) => operationId ?? []))],
    };
  },
});

/** Only this order, whatever the settings say of other maintenance; the session that calls is protected. */
function prunePolicy(stores: SessionStores, olderThanMs: number): CleanupPolicy {
  const settings = stores.settings();
  const current = stores.host.env["ARIA_SESSION_ID"];
  const rows =
    current === undefined ? [] : searched(stores, settings).flatMap(({ document }) => document.rows);
  const activeKeys = rows.filter(({ sessionId }) => sessionId === current).map(({ key }) => key);
  const policy = resolveCleanupPolicy({
    settings,
    flags: { olderThanMs, kinds: ["cron", "cron-run", "subagent"], activeKeys },
  });
  return { ...policy, orders: { ...policy.orders, maintenance: false } };
}

interface Pruned {
  readonly before: number;
  readonly pruned: number;
  readonly ids: readonly string[];
  readonly errors: readonly { readonly id: string; readonly error: string; readonly code?: StoreErrorCode }[];
  readonly operationId: string | null;
}

/** A store that can't be done is told under the id of its agent, and the others are done. */
async function pruneOne(
  { host, stateDir, settings, changes }: SessionStores,
  order: { readonly target: StoreTarget; readonly policy: CleanupPolicy; readonly dryRun: boolean },
): Promise<Pruned> {
  const { target, policy, dryRun } = order;
  const options = { ...changes, dryRun, details: true };
  try {
    const report = await cleanupStore({ host, stateDir, settings: settings(), target }, policy, options);
    const gone = (report.decisions ?? []).filter(({ action }) => action !== "keep");
    return {
      before: report.beforeCount,
      pruned: report.beforeCount - report.afterCount,
      ids: gone.map(({ sessionId, key }) => sessionId ?? key),
      errors: report.errors.map(({ sessionId, message }) => ({
        id: sessionId ?? target.agentId,
        error: message,
      })),
      operationId: report.operationId ?? null,
    };
  } catch (error) {
    if (!isStoreError(error)) throw error;
    const { code, message } = error;
    const errors = code === "E_NOT_FOUND" ? [] : [{ id: target.agentId, error: message, code }];
    return { before: 0, pruned: 0, ids: [], errors, operationId: null };
  }
}
