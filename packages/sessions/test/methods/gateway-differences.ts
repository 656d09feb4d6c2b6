import type { RecordedCall } from "./recorded-calls.ts";

/** One thing in which our answers differ on purpose; its name is that of a row of docs/differences.md. */
export interface GatewayDifference {
  readonly name: string;
  /** The calls that show it; none for what no recorded call asks. */
  readonly methods: readonly string[];
  /** For refusals only. */
  readonly refused?: true;
  /** Paths that only their answer has, or whose value differs. */
  readonly missing?: readonly string[];
  /** Paths that only our answer has. */
  readonly added?: readonly string[];
}

const changing = [
  "sessions.create",
  "sessions.patch",
  "sessions.reset",
  "sessions.delete",
  "sessions.compact",
];

/** All of them. */
export const differences: readonly GatewayDifference[] = [
  {
    name: "no-built-in-model",
    methods: ["sessions.patch", "sessions.list", "sessions.reset"],
    missing: [
      "resolved.modelProvider",
      "resolved.model",
      "entry.model",
      "entry.modelProvider",
      "defaults.modelProvider",
      "defaults.model",
      "defaults.contextTokens",
      "defaults.thinkingDefault",
      "sessions[].modelProvider",
      "sessions[].model",
      "sessions[].thinkingDefault",
      "sessions[].thinkingLevels",
      "sessions[].thinkingOptions",
    ],
  },
  {
    name: "no-implicit-runtime",
    methods: ["sessions.patch", "sessions.list"],
    missing: [
      "resolved.agentRuntime",
      "resolved.agentRuntime.id",
      "resolved.agentRuntime.source",
      "sessions[].agentRuntime",
      "sessions[].agentRuntime.id",
      "sessions[].agentRuntime.source",
      "sessions[].hasActiveRun",
    ],
  },
  { name: "operation", methods: changing, added: ["dryRun", "operationId", "warnings"] },
  {
    name: "history",
    methods: ["sessions.reset", "sessions.delete"],
    added: ["historyRecorded", "sinks"],
  },
  {
    name: "new-start",
    methods: ["sessions.reset"],
    added: ["sessionId", "archived", "archived[]", "entry.sessionStartedAt", "entry.compactionCount"],
  },
  { name: "removed-keys", methods: ["sessions.delete"], added: ["removedKeys", "removedKeys[]", "keptKeys"] },
  {
    name: "counted-lines",
    methods: ["sessions.compact"],
    added: ["removedLines", "keptLines", "archivedPath"],
  },
  {
    name: "our-list",
    methods: ["sessions.list"],
    added: ["sessions[].agentId", "sessions[].leaseStatus", "sessions[].title"],
  },
  {
    name: "cleanup-report",
    methods: ["sessions.cleanup"],
    missing: ["unreferencedArtifacts.scannedFiles"],
    added: [
      "preset",
      "modelRunPruned",
      "expired",
      "ghosts",
      "evicted",
      "rekeyed",
      "repaired",
      "staged",
      "unreferencedArtifacts.archivedFiles",
      "archives",
      "archives.purgedFiles",
      "archives.freedBytes",
      "wouldApply",
      "blockedBy",
      "errors",
      "digest",
      "operationId",
      "historyRecorded",
      ...["pruneAfterMs", "olderThanMs", "maxEntries", "minAgeMs", "resetArchiveRetentionMs"].map(
        (name) => `thresholds.${name}`,
      ),
      "thresholds",
      "thresholds.maxDiskBytes",
      "thresholds.highWaterBytes",
    ],
  },
  {
    name: "error-details",
    methods: [...changing, "sessions.list", "sessions.preview", "sessions.resolve", "sessions.cleanup"],
    refused: true,
    missing: ["message"],
  },
  { name: "fresh-sessions-stay", methods: [] },
  { name: "every-main-protected", methods: [] },
  { name: "token-counts", methods: [] },
  { name: "no-run", methods: [] },
  { name: "lines-alone", methods: [] },
  { name: "header-stays", methods: [] },
  { name: "no-byte-lost", methods: [] },
  { name: "lease-stays", methods: [] },
  { name: "existing-key-has-no-new-parent", methods: [] },
];

/** The paths in which the answers to a call may differ. */
export function expectedDifferences({ method, ok }: RecordedCall): {
  readonly missing: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
} {
  const all = differences.filter(
    ({ methods, refused = false }) => methods.includes(method) && refused !== ok,
  );
  return {
    missing: new Set(all.flatMap(({ missing = [] }) => missing)),
    added: new Set(all.flatMap(({ added = [] }) => added)),
  };
}
