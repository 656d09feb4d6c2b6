/** What `openclaw sessions --json` printed. */
export interface RecordedList {
  readonly path: string | null;
  readonly stores?: readonly { readonly agentId: string; readonly path: string }[];
  readonly allAgents?: boolean;
  readonly count: number;
  readonly totalCount: number;
  readonly limitApplied: number | null;
  readonly hasMore: boolean;
  readonly activeMinutes: number | null;
  readonly sessions: readonly Readonly<Record<string, unknown>>[];
}

/** What `openclaw sessions cleanup --json` printed for one store. */
export interface RecordedCleanup {
  readonly agentId: string;
  readonly beforeCount: number;
  readonly afterCount: number;
  readonly missing: number;
  readonly dmScopeRetired: number;
  readonly pruned: number;
  readonly capped: number;
  readonly diskBudget: {
    readonly totalBytesBefore: number;
    readonly totalBytesAfter: number;
    readonly removedFiles: number;
    readonly removedEntries: number;
    readonly freedBytes: number;
    readonly maxBytes: number;
    readonly highWaterBytes: number;
    readonly overBudget: boolean;
  } | null;
  /** Rows left, after a run that was no dry-run. */
  readonly appliedCount?: number;
  /** One a store, under `--all-agents` with at least two stores. */
  readonly stores?: readonly RecordedCleanup[];
}
