import {
  type Plan,
  type PlanPart,
  planSchemaVersion,
  type RowDecision,
  sealPlan,
  type Step,
  type StepPhase,
  type StoreTarget,
} from "@sessionsmith/core";
import { repairDialect } from "./dialect/repair-dialect.ts";
import { repairIndex } from "./index/repair-index.ts";
import { repairKeys } from "./keys/repair-keys.ts";
import { repairLocks } from "./locks/repair-locks.ts";
import { openRepairStore } from "./open-repair-store.ts";
import { repairPaths } from "./paths/repair-paths.ts";
import { repairPermissions } from "./permissions/repair-permissions.ts";
import { type RepairDomain, repairDomains } from "./repair-domain.ts";
import type { RepairRequest } from "./repair-request.ts";
import { repairSlim } from "./slim/repair-slim.ts";
import type { RepairStore } from "./repair-store.ts";
import type { RowTrail } from "./row-edit.ts";
import { repairTranscripts } from "./transcripts/repair-transcripts.ts";

/** A repair that was planned and not yet done. */
export interface PlannedRepair {
  /** One operation over all the stores; without steps if all is in order. */
  readonly plan: Plan;
  /** What is done to each store, in the order of the targets. */
  readonly stores: readonly RepairStore[];
}

/** Repairs what it is about in all stores, as far as it is planned so far. */
type DomainPlanner = (stores: readonly RepairStore[], request: RepairRequest) => readonly RepairStore[];

const planners: Readonly<Record<RepairDomain, DomainPlanner>> = {
  index: (stores, request) => stores.map((store) => repairIndex(store, request)),
  dialect: repairDialect,
  keys: repairKeys,
  paths: (stores, request) => stores.map((store) => repairPaths(store, request)),
  transcripts: repairTranscripts,
  slim: (stores, request) => stores.map((store) => repairSlim(store, request)),
  locks: (stores, request) => stores.map((store) => repairLocks(store, request)),
  permissions: (stores, request) => stores.map((store) => repairPermissions(store, request)),
};

/**
 * Plans the repair of stores: domain by domain, each on what the ones before it will leave. Reads, and writes nothing.
 * @throws StoreError E_NOT_FOUND, E_CORRUPT_INDEX, E_SQLITE_ERA, E_IO as {@link openRepairStore} does
 */
export function planRepair(request: RepairRequest): PlannedRepair {
  let stores: readonly RepairStore[] = request.targets.flatMap((target) => openOrLeave(request, target));
  for (const domain of repairDomains)
    if (request.domains.has(domain)) stores = planners[domain](stores, request);
  stores = arrivalsFirst(stores);
  const plan = sealPlan({
    schemaVersion: planSchemaVersion,
    command: "repair",
    createdAt: request.host.clock.now(),
    now: request.now,
    policy: { domains: [...request.domains].toSorted() },
    parts: stores.map((store) => planPart(store, request.now)),
  });
  return { plan, stores };
}

/** A session is in its new store before it leaves the old one, whenever the operation is interrupted. */
function arrivalsFirst(stores: readonly RepairStore[]): readonly RepairStore[] {
  return [...stores.filter((store) => !isLeft(store)), ...stores.filter(isLeft)];
}

function isLeft({ leaving }: RepairStore): boolean {
  return leaving.some(({ left }) => left === "move-store");
}

function openOrLeave(request: RepairRequest, target: StoreTarget): readonly RepairStore[] {
  try {
    request.requireEra?.(target);
    return [openRepairStore(request, target)];
  } catch (error) {
    if (request.onFailed === undefined) throw error;
    request.onFailed(target, error);
    return [];
  }
}

/** The part of a plan for one store: its index is written once, however many domains have changed it. */
function planPart(store: RepairStore, now: number): PlanPart {
  const { base, edits, requires, files } = store;
  const { indexPath, index } = base.store;
  const content = {
    source: "splice",
    path: indexPath,
    size: index.size,
    sha256: index.sha256,
    edits,
  } as const;
  const writeIndex: readonly Step[] =
    edits.length === 0 ? [] : [{ kind: "write-index", phase: "switch", path: indexPath, content, requires }];
  const order: readonly StepPhase[] = ["create", "switch", "retire"];
  const steps = [...writeIndex, ...store.steps].toSorted(
    (a, b) => order.indexOf(a.phase) - order.indexOf(b.phase),
  );
  return { store: base.store, rows: rowDecisions(store, now), files, steps, blockedBy: [] };
}

function rowDecisions({ trails, leaving, snapshot }: RepairStore, now: number): readonly RowDecision[] {
  const facts = new Map(snapshot.rows.map((one) => [one.row.key, one]));
  const staying = [...trails].map(([key, trail]): RowDecision => {
    const { row, time } = facts.get(key) ?? {};
    const common = {
      sessionId: row?.sessionId ?? trail.sessionId,
      reasons: trail.reasons.length === 0 ? ["sound"] : trail.reasons,
      ageMs: time?.known === true ? now - time.atMs : null,
    };
    if (trail.formerKey === undefined) return { key, action: "add", ...common };
    const change = changeOf(trail, key);
    return { key: trail.formerKey, action: "keep", ...common, ...(change === undefined ? {} : { change }) };
  });
  const gone = leaving.flatMap(({ formerKey, sessionId, reasons, left }): readonly RowDecision[] =>
    formerKey === undefined || left === undefined
      ? []
      : [{ key: formerKey, sessionId, action: left, reasons, ageMs: null }],
  );
  return [...staying, ...gone];
}

function changeOf({ formerKey, fields, cleared }: RowTrail, key: string): RowDecision["change"] {
  const hasFields = Object.keys(fields).length > 0;
  if (key === formerKey && !hasFields && cleared.length === 0) return undefined;
  return {
    ...(key === formerKey ? {} : { key }),
    ...(hasFields ? { fields } : {}),
    ...(cleared.length === 0 ? {} : { cleared }),
  };
}
