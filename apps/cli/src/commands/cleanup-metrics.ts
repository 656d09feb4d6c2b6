import type { CleanupReport, RowCounts } from "@sessionsmith/maintenance";
import type { ExitStatus } from "../exit-codes.ts";

/** How cleanup ended for one store: with a report, or not at all. */
export interface MeasuredStore {
  readonly agentId: string;
  readonly storePath: string;
  /** Undefined for a store that failed. */
  readonly report: CleanupReport | undefined;
  /** True if a guard holds changes back. */
  readonly isHeldBack: boolean;
}

/** How the whole run ended. */
export interface MeasuredRun {
  /** Epoch ms. */
  readonly endedAtMs: number;
  readonly exitStatus: ExitStatus;
}

/** One gauge of the Prometheus text format. */
interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: (store: MeasuredStore, report: CleanupReport) => readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Why rows leave, as a label, and the counter of the report. */
const reasons = {
  missing: "missing",
  "dm-scope": "dmScopeRetired",
  "model-run": "modelRunPruned",
  expired: "expired",
  ghost: "ghosts",
  stale: "pruned",
  cap: "capped",
  budget: "evicted",
} as const satisfies Readonly<Record<string, keyof RowCounts>>;

const gauges: readonly Gauge[] = [
  {
    name: "sessions_before",
    help: "Sessions in the index before the run.",
    samples: (_, { beforeCount }) => [{ value: beforeCount }],
  },
  {
    name: "sessions_after",
    help: "Sessions in the index after the run, or after it would be applied.",
    samples: (_, { afterCount }) => [{ value: afterCount }],
  },
  {
    name: "removed_sessions",
    help: "Sessions that left the index, or would leave it, by reason.",
    samples: (_, report) =>
      Object.entries(reasons).map(([reason, count]) => ({ labels: { reason }, value: report[count] })),
  },
  {
    name: "removed_files",
    help: "Files that nothing referenced and expired archives that left, or would leave.",
    samples: (_, { archives, unreferencedArtifacts }) => [
      { labels: { class: "archive" }, value: archives.purgedFiles },
      { labels: { class: "artifact" }, value: unreferencedArtifacts.archivedFiles },
    ],
  },
  {
    name: "freed_bytes",
    help: "Bytes of those files.",
    samples: (_, { archives, unreferencedArtifacts }) => [
      { labels: { class: "archive" }, value: archives.freedBytes },
      { labels: { class: "artifact" }, value: unreferencedArtifacts.freedBytes },
    ],
  },
  {
    name: "applied",
    help: "1 if the run changed the store, 0 if there was nothing to do or it was a preview.",
    samples: (_, { operationId = null }) => [{ value: operationId === null ? 0 : 1 }],
  },
  {
    name: "errors",
    help: "Things that could not be done.",
    samples: (_, { errors }) => [{ value: errors.length }],
  },
];

/** The numbers of a run in the Prometheus text format, for a collector that reads files. */
export function renderCleanupMetrics(
  stores: readonly MeasuredStore[],
  { endedAtMs, exitStatus }: MeasuredRun,
): string {
  const lines = gauges.flatMap(({ name, help, samples }) => {
    const ofStores = stores.flatMap((store) =>
      (store.report === undefined ? [] : samples(store, store.report)).map((sample) =>
        sampleLine(name, store, sample),
      ),
    );
    return [...headLines(name, help), ...ofStores];
  });
  return [
    ...headLines("timestamp_seconds", "When the run ended, in seconds since 1970."),
    `sessionsmith_cleanup_timestamp_seconds ${endedAtMs / 1000}`,
    ...headLines("exit_status", "The exit status of the run, 0 if everything was done."),
    `sessionsmith_cleanup_exit_status ${exitStatus}`,
    ...headLines("success", "1 if the store was done, 0 if it failed."),
    ...stores.map((store) => sampleLine("success", store, { value: store.report === undefined ? 0 : 1 })),
    ...headLines("blocked", "1 if a guard holds changes back until a person confirms them."),
    ...stores.map((store) => sampleLine("blocked", store, { value: store.isHeldBack ? 1 : 0 })),
    ...lines,
    "",
  ].join("\n");
}

function headLines(name: string, help: string): readonly string[] {
  return [`# HELP sessionsmith_cleanup_${name} ${help}`, `# TYPE sessionsmith_cleanup_${name} gauge`];
}

function sampleLine(name: string, { agentId, storePath }: MeasuredStore, { labels, value }: Sample): string {
  const all = Object.entries({ agent: agentId, store: storePath, ...labels });
  const text = all.map(([label, labelValue]) => `${label}="${escapeLabel(labelValue)}"`).join(",");
  return `sessionsmith_cleanup_${name}{${text}} ${value}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
