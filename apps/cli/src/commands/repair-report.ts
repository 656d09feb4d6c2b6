import type { ApplyOutcome } from "@sessionsmith/core/engine";
import type { Mend, PlannedRepair, RepairDomain, RepairStore, Unmended } from "@sessionsmith/maintenance";
import { repairDomains } from "@sessionsmith/maintenance";
import type { FailedRepair } from "./failed-repair.ts";
import type { RepairOrder } from "./repair-order.ts";

/** What a repair did, or would do; it is the JSON document of `repair`. */
export interface RepairReport {
  readonly dryRun: boolean;
  readonly allAgents: boolean;
  readonly domains: readonly RepairDomain[];
  readonly stores: readonly RepairedStore[];
  readonly wouldMutate: boolean;
  readonly digest: string;
  /** Null for a preview, or if there was nothing to do. */
  readonly operationId: string | null;
  readonly warnings: readonly string[];
}

/** What becomes of one store. */
export interface RepairedStore {
  readonly agentId: string;
  readonly storePath: string;
  readonly index: "absent" | "missing" | "readable" | "unreadable" | null;
  /** Null if the index can't be read. */
  readonly beforeCount: number | null;
  readonly afterCount: number | null;
  readonly savedBytes: number;
  readonly mends: readonly ReportedMend[];
  readonly unmended: readonly ReportedUnmended[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string | null };
}

type Nullable<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> | null };
type ReportedMend = Pick<Mend, "domain" | "reasons" | "what"> &
  Nullable<Pick<Mend, "count" | "file" | "from" | "key" | "savedBytes" | "sessionId" | "to">>;
type ReportedUnmended = Pick<Unmended, "domain" | "reasons" | "what"> &
  Nullable<Pick<Unmended, "file" | "key">>;

/** Puts together what is planned, and what came of it. Pure. */
export function repairReport(
  { plan, stores }: PlannedRepair,
  run: {
    readonly order: RepairOrder;
    readonly allAgents: boolean;
    readonly failed: readonly FailedRepair[];
    readonly applied: ApplyOutcome | undefined;
  },
): RepairReport {
  const { order, allAgents, failed, applied } = run;
  return {
    dryRun: !order.acts,
    allAgents,
    domains: repairDomains.filter((domain) => order.domains.has(domain)),
    stores: [...stores.map(repairedStore), ...failed.map(failedStore)],
    wouldMutate: plan.parts.some(({ steps }) => steps.length > 0),
    digest: plan.digest,
    operationId: applied?.operationId ?? null,
    warnings: applied?.warnings ?? [],
  };
}

function repairedStore({ target, base, snapshot, mends, unmended }: RepairStore): RepairedStore {
  return {
    agentId: target.agentId,
    storePath: target.indexPath,
    index: base.state,
    beforeCount: base.rows ?? null,
    afterCount: snapshot.rows.length,
    savedBytes: mends.reduce((sum, { savedBytes = 0 }) => sum + savedBytes, 0),
    mends: mends.map(({ domain, what, reasons, ...rest }) => ({
      domain,
      what,
      key: rest.key ?? null,
      sessionId: rest.sessionId ?? null,
      file: rest.file ?? null,
      from: rest.from ?? null,
      to: rest.to ?? null,
      count: rest.count ?? null,
      savedBytes: rest.savedBytes ?? null,
      reasons,
    })),
    unmended: unmended.map(({ domain, what, reasons, key = null, file = null }) => ({
      domain,
      what,
      key,
      file,
      reasons,
    })),
  };
}

function failedStore({ target, error }: FailedRepair): RepairedStore {
  const { code, message, hint = null } = error;
  return {
    agentId: target.agentId,
    storePath: target.indexPath,
    index: null,
    beforeCount: null,
    afterCount: null,
    savedBytes: 0,
    mends: [],
    unmended: [],
    error: { code, message, hint },
  };
}
